//! What instruments read over time, as figures: one for each series an import drew.

use crate::moments;
use crate::pen::{Pen, Written};
use fupan_model::{
    Block, Cite, Cites, Curve, Evidence, Figure, Locator, Picture, Sentence, Series,
};

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut out = Vec::new();
    for import in &pen.assessment.register.imports {
        let mut all = pen.assessment.register.evidence.iter();
        let log = all.find(|one| one.id == import.evidence);
        for series in import.series.iter().filter(|series| !series.points.is_empty()) {
            out.push(figure(pen, series, log)?);
        }
    }
    if !out.is_empty() {
        out.insert(0, pen.heading("heading-curves")?);
    }
    Ok(out)
}

fn figure(pen: &Pen<'_>, series: &Series, log: Option<&Evidence>) -> Written<Block> {
    let cites = log.map_or_else(
        || pen.case("register"),
        |log| {
            Cites::one(Cite {
                evidence: log.id.clone(),
                digest: log.sha256.clone(),
                locator: Locator::Whole,
            })
        },
    );
    let said = |text: String| Sentence::new(text, cites.clone());
    let (unit, offset_s) = (series.unit.clone(), pen.assessment.case.offset_s);
    let mut values = vec![("quantity", series.quantity.clone()), ("unit", unit.clone())];
    values.extend((!series.key.is_empty()).then(|| ("key", series.key.clone())));
    let label = said(pen.wording.fill("curve-label", &values)?);
    let mut thresholds = Vec::new();
    for value in &series.thresholds {
        let values = [("value", moments::decimal(*value)), ("unit", unit.clone())];
        thresholds.push((*value, said(pen.wording.fill("curve-threshold", &values)?)));
    }
    let mut crossings = Vec::new();
    for at in &series.crossings {
        let values = [("at", moments::moment(&pen.wording, *at, offset_s)?)];
        crossings.push((at.ms, said(pen.wording.fill("curve-crossing", &values)?)));
    }
    let points = series.points.iter().map(|(at, low, high)| (at.ms, *low, *high)).collect();
    let alt = vec![pen.say("curve-alt", &values, &cites)?];
    let picture = Picture::Curve(Curve { offset_s, label, points, thresholds, crossings });
    Ok(Block::Figure(Figure { caption: pen.link("figure-curve")?, alt, picture }))
}
