//! The grade of the accident: the gravest of the three dimensions (D493 art. 3), by the book.

use crate::index::Index;
use fupan_model::{Decimal, GradeDimension, GradeResult};
use fupan_standard::{Band, Book, Grade};

/// The grade by all figures that are known, and how it came about.
pub(crate) fn grade(index: &Index<'_>, book: &Book) -> (Option<String>, GradeResult) {
    let accident = &index.case.accident;
    let whole = |n: Option<u64>| n.and_then(|n| i64::try_from(n).ok()).map(Decimal::whole);
    let serious = whole(accident.serious_injuries);
    let dimensions = vec![
        dimension(book, "deaths", whole(accident.deaths), |grade| grade.deaths),
        dimension(book, "serious_injuries", serious, |grade| grade.serious_injuries),
        dimension(book, "direct_loss_cny", accident.direct_loss_cny, |grade| grade.direct_loss_cny),
    ];
    let grade = gravest(book, dimensions.iter().filter_map(|d| d.grade.as_deref()));
    let dead = accident.deaths.unwrap_or(0);
    let with_missing = accident.missing.filter(|missing| *missing > 0).and_then(|missing| {
        let all = whole(Some(dead.saturating_add(missing)))?;
        let counted = by(book, all, |grade| grade.deaths);
        gravest(book, grade.iter().map(String::as_str).chain(counted.as_deref()))
    });
    let row = grade.as_ref().and_then(|code| book.grades.iter().find(|r| &r.body.code == code));
    let result = GradeResult {
        dimensions,
        with_missing,
        missing: accident.missing,
        published: accident.grade.clone(),
        in_scope: row.map(|row| row.body.in_scope),
        cites: index.case.cite_part("accident"),
    };
    (grade, result)
}

fn dimension(
    book: &Book,
    name: &str,
    value: Option<Decimal>,
    band: fn(&Grade) -> Band,
) -> GradeDimension {
    let grade = value.and_then(|value| by(book, value, band));
    GradeDimension { dimension: name.to_owned(), value, grade }
}

/// The grade whose band holds a figure; fractions count as the whole number below.
fn by(book: &Book, value: Decimal, band: fn(&Grade) -> Band) -> Option<String> {
    let number = u64::try_from(value.times_floor(1)?).ok()?;
    let row = book.grades.iter().find(|row| band(&row.body).holds(number))?;
    Some(row.body.code.clone())
}

/// The gravest of several grades.
fn gravest<'a>(book: &Book, codes: impl Iterator<Item = &'a str>) -> Option<String> {
    let rank = |code: &&str| {
        book.grades.iter().find(|row| row.body.code == *code).map_or(u32::MAX, |r| r.body.rank)
    };
    codes.min_by_key(rank).map(str::to_owned)
}
