//! Which keys are one: keys written differently are grouped by the rules of the book, once for a
//! whole case, so that every comparison and formula means the same by "the same key".

use fupan_model::CaseFile;
use fupan_standard::{Book, Identity};
use std::collections::{BTreeMap, BTreeSet};

/// Key of a case, trimmed → the key its group goes by, for each rule of the book, by its code.
pub(crate) type Same<'b> = BTreeMap<&'b str, BTreeMap<String, String>>;

/// Groups the keys of all facts whose kinds name a rule.
pub(crate) fn same<'b>(case: &CaseFile, book: &'b Book) -> Same<'b> {
    let mut keys: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for fact in &case.facts {
        let kind = fact.kind.as_ref().and_then(|kind| book.fact_kind(kind.as_str()));
        let rule = kind.and_then(|row| row.body.identity.as_deref());
        if let (Some(rule), Some(key)) = (rule, &fact.key) {
            keys.entry(rule).or_default().insert(key.trim());
        }
    }
    let rules = keys.into_iter().filter_map(|(code, keys)| {
        let rule = book.identities.iter().find(|row| row.body.code == code)?;
        Some((code, groups(&rule.body, &keys)))
    });
    rules.collect()
}

/// A key, taken apart by its rule.
struct Parts<'k> {
    key: &'k str,
    name: String,
    number: String,
}

/// Every key with the key its group goes by: the first that joined it. Whole numbers come first,
/// then numbers with hidden places, then names alone; what fits several groups joins none.
fn groups(rule: &Identity, keys: &BTreeSet<&str>) -> BTreeMap<String, String> {
    let mut all: Vec<Parts<'_>> = keys.iter().map(|key| apart(rule, key)).collect();
    let hidden = |parts: &Parts<'_>| parts.number.chars().any(|c| rule.mask.contains(c));
    all.sort_by_cached_key(|p| (p.number.is_empty(), hidden(p), p.key.to_owned()));
    let mut groups: Vec<Vec<Parts<'_>>> = Vec::new();
    for parts in all {
        let alike = |a: &Parts<'_>| {
            if a.number.is_empty() || parts.number.is_empty() {
                a.name == parts.name
            } else {
                a.number == parts.number
                    || a.name == parts.name && agree(rule, &a.number, &parts.number)
            }
        };
        let mut fits = groups.iter_mut().filter(|group| group.iter().any(alike));
        match (fits.next(), fits.next()) {
            (Some(group), None) => group.push(parts),
            _ => groups.push(vec![parts]),
        }
    }
    let named = |group: &Vec<Parts<'_>>| -> Vec<(String, String)> {
        let first = group.first().map_or("", |parts| parts.key).to_owned();
        group.iter().map(|parts| (parts.key.to_owned(), first.clone())).collect()
    };
    groups.iter().flat_map(named).collect()
}

fn apart<'k>(rule: &Identity, key: &'k str) -> Parts<'k> {
    let whole = rule.folded(key);
    let split = rule.number_after.as_ref().and_then(|mark| whole.split_once(mark.as_str()));
    let (name, number) = split.unwrap_or((&whole, ""));
    Parts { key, name: name.to_owned(), number: number.to_owned() }
}

/// Whether two numbers of one length agree in every place both show.
fn agree(rule: &Identity, a: &str, b: &str) -> bool {
    let hidden = |c: char| rule.mask.contains(c);
    let same = |(x, y): (char, char)| x == y || hidden(x) || hidden(y);
    a.chars().count() == b.chars().count() && a.chars().zip(b.chars()).all(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(code: &str, keys: &[&str]) -> Vec<Vec<String>> {
        let book = Book::shipped().unwrap();
        let rule = &book.identities.iter().find(|row| row.body.code == code).unwrap().body;
        let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, first) in super::groups(rule, &keys.iter().copied().collect()) {
            groups.entry(first).or_default().push(key);
        }
        groups.into_values().collect()
    }

    fn one(code: &str, keys: &[&str]) -> bool {
        grouped(code, keys).len() == 1
    }

    #[test]
    fn plates_written_differently_are_one() {
        assert!(one("plate", &["鲁A·12345", "鲁a12345", "鲁Ａ 12345", "鲁A-12345"]));
        assert!(!one("plate", &["鲁A12345", "鲁A12346"]));
        assert!(one("text", &["ZL-01", "ＺＬ－０１", "zl-01 "]));
        assert!(!one("text", &["ZL-01", "ZL01"]));
    }

    #[test]
    fn a_number_goes_before_the_name() {
        let id = "110101199001011234";
        assert!(one(
            "person",
            &["甲一/110101199001011234", "甲 一／１１０１０１１９９００１０１１２３４"]
        ));
        assert!(one("person", &[&format!("甲一/{id}"), &format!("甲伊/{id}")]));
        assert!(!one("person", &[&format!("甲一/{id}"), "甲一/110101199001015678"]));
        assert!(one("person", &["阿卜杜·甲", "阿卜杜甲/110101199001011234"]));
        assert!(one("person", &["甲一/11010119900101123X", "甲一/11010119900101123x"]));
    }

    #[test]
    fn hidden_places_agree_only_with_the_name() {
        assert!(one("person", &["甲一/1101**********1234", "甲一/110101199001011234"]));
        assert!(one("person", &["甲一/1101**********1234", "甲一/110101********1234"]));
        assert!(!one("person", &["甲一/1101**********1234", "甲二/110101199001011234"]));
        assert!(!one("person", &["甲一/1101**********1234", "甲一/1101**********5678"]));
    }

    #[test]
    fn what_fits_several_joins_none() {
        let two = ["甲一/110101199001011234", "甲一/110101199001015678", "甲一"];
        assert_eq!(grouped("person", &two).len(), 3);
    }

    fn status(text: &str, id: &str) -> fupan_model::CheckStatus {
        let head = "party plant enterprise\nparty ems medical\nparty fire rescue";
        let made = crate::testing::assessed(&format!("{head}\n{text}"));
        made.checks.iter().find(|check| check.id.as_str() == id).unwrap().status
    }

    #[test]
    fn checks_and_formulas_go_by_the_group() {
        use fupan_model::CheckStatus::{Consistent, Discrepant};
        let list = "fact a plant casualty-listed a - key=甲一/1101**********1234
            fact b plant casualty-listed b - key=甲二";
        let with = |number: &str| {
            format!(
                "{list}
                fact c ems hospital-admitted c - key=甲一/{number}
                fact d ems hospital-admitted d - key=甲二/110101199202022345"
            )
        };
        assert_eq!(status(&with("110101199001011234"), "CV16"), Consistent);
        assert_eq!(status(&with("110101199001015678"), "CV16"), Discrepant);
        let gate = |plate: &str| {
            format!(
                "fact a fire force-sent a 10:00:00 0 0 key=鲁A·1234应急
                fact b fire force-arrived b 10:10:00 0 0 key=鲁A1234应急
                fact c plant force-at-gate c 10:10:30 0 0 key={plate}"
            )
        };
        assert_eq!(status(&gate("鲁ａ１２３４应急"), "CV13"), Consistent);
        assert_eq!(status(&gate("鲁A1235应急"), "CV13"), Discrepant);
    }
}
