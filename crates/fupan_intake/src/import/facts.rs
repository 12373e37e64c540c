//! A row that was picked → its fact.

use super::columns::Columns;
use super::pick::Candidate;
use super::values::{Parsed, quantity};
use super::{ImportInput, party_of};
use crate::mapping::{ClaimRule, ColumnKind, FactRule, Pick, QuantityRule, Template};
use crate::read::head::CIVIL;
use crate::table::Row;
use fupan_model::{
    Basis, Cite, Cites, Claim, ClockId, EventId, Fact, FactId, Locator, Origin, RowId, Stated,
    Value,
};

/// Makes the fact; `None` only for a party nobody names, which was refused before.
pub(super) fn make(
    rule: &FactRule,
    input: &ImportInput<'_>,
    columns: &Columns<'_>,
    from: &Candidate,
) -> Option<Fact> {
    let evidence = input.evidence;
    let (row, parsed, extra) = (&from.row, &from.parsed, &from.extra);
    let mut id = format!("{}:{}", evidence.id, rule.id);
    if rule.pick == Pick::Each {
        id.push(':');
        if from.place.member > 0 {
            id.push_str(&format!("{}.", from.place.member));
        }
        id.push_str(&row.number.to_string());
        if let Some(item) = extra.item {
            id.push_str(&format!(":{item}"));
        }
    }
    let cell = |name: &str| -> String {
        match (extra.texts.get(name), extra.times.get(name)) {
            (Some(text), _) => text.clone(),
            (None, Some(stated)) => stated.text.clone(),
            (None, None) => columns.text(row, name).to_owned(),
        }
    };
    let stated = |column: Option<&str>| -> Option<Stated> {
        let column = column?;
        extra.times.get(column).cloned().or_else(|| stated(column, columns, parsed))
    };
    let fill = |template: &Template| template.fill_owned(cell);
    let filled = |template: &Template| Some(fill(template)).filter(|text| !text.trim().is_empty());
    let event = rule.event.as_ref().and_then(filled).unwrap_or_else(|| id.clone());
    let text = rule.text.as_ref().map_or_else(|| whole(row), fill);
    let kind = input.kinds.get(&rule.kind).cloned().or_else(|| {
        input.defaults.fact_kinds.contains(&rule.kind).then(|| RowId::new(rule.kind.as_str()))
    });
    let locator = match &from.place.sheet {
        Some(sheet) => Locator::SheetRow { sheet: sheet.to_string(), row: row.number },
        None => Locator::Row(row.number),
    };
    let quantities = rule.quantities.iter().filter_map(|(name, from)| {
        quantity_of(from, columns, &cell).map(|value| (name.clone(), value))
    });
    Some(Fact {
        id: FactId::new(id),
        party: party_of(rule.party.as_ref(), evidence)?,
        source: evidence.title.clone(),
        event: EventId::new(event),
        kind_word: rule.kind.clone(),
        kind,
        text,
        clock: evidence.clock.clone().unwrap_or_else(|| ClockId::from(CIVIL)),
        time: stated(rule.time.as_deref()),
        time_end: stated(rule.time_end.as_deref()),
        after: rule.after.iter().filter_map(filled).map(EventId::new).collect(),
        before: rule.before.iter().filter_map(filled).map(EventId::new).collect(),
        claims: rule.claims.iter().filter_map(|c| claim(c, columns, row, parsed)).collect(),
        key: rule.key.as_ref().and_then(filled),
        quantities: quantities.collect(),
        stated_at: None,
        derived: false,
        basis: Basis::Quoted,
        source_kind: rule.source_kind.clone(),
        weight: None,
        note: None,
        origin: Origin::Import,
        cites: Cites::one(Cite {
            evidence: evidence.id.clone(),
            digest: evidence.sha256.clone(),
            locator,
        }),
    })
}

/// The cells of a row, as its own words.
fn whole(row: &Row) -> String {
    let cells = row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
    cells.collect::<Vec<_>>().join(" ")
}

fn stated(column: &str, columns: &Columns<'_>, parsed: &[Parsed]) -> Option<Stated> {
    match columns.parsed(parsed, column, ColumnKind::Time)? {
        Parsed::Time(stated) => Some(stated.clone()),
        Parsed::Empty | Parsed::Number(_) | Parsed::Text => None,
    }
}

fn quantity_of(
    rule: &QuantityRule,
    columns: &Columns<'_>,
    cell: &dyn Fn(&str) -> String,
) -> Option<Value> {
    match rule {
        QuantityRule::Column(name) => quantity(&cell(name), columns.declared_kind(name)),
        QuantityRule::Columns(names) => {
            let mut set: Vec<String> =
                names.iter().map(|name| cell(name)).filter(|text| !text.is_empty()).collect();
            set.sort();
            set.dedup();
            (!set.is_empty()).then_some(Value::Set(set))
        }
        QuantityRule::Template(template) => {
            let text = template.fill_owned(cell);
            (!text.trim().is_empty()).then_some(Value::Text(text))
        }
    }
}

/// An empty cell makes no claim.
fn claim(rule: &ClaimRule, columns: &Columns<'_>, row: &Row, parsed: &[Parsed]) -> Option<Claim> {
    let value = quantity(columns.text(row, &rule.column), columns.declared_kind(&rule.column))?;
    let as_of = rule.as_of.as_deref().and_then(|c| columns.parsed(parsed, c, ColumnKind::Time));
    Some(Claim { field: rule.field.clone(), value: Some(value), as_of: as_of.and_then(Parsed::at) })
}
