//! Readings of a log as curves: few enough points to draw, whatever the length of the log, and the
//! same ones whatever the order of its rows.

use super::columns::Columns;
use super::values::Parsed;
use crate::mapping::{ColumnKind, SeriesRule};
use crate::table::Row;
use fupan_model::{Decimal, Moment, Series};
use std::collections::BTreeMap;

/// A curve has no more points than this.
const MOST_POINTS: usize = 400;
/// A rule draws no more curves than this: those of the keys that stand first in the log.
const MOST_CURVES: usize = 50;
/// A curve names no more crossings than this.
const MOST_CROSSINGS: usize = 100;

/// Curves at work (曲线).
pub(super) struct Curves<'a> {
    rule: &'a SeriesRule,
    by_key: BTreeMap<String, Drawing>,
}

impl<'a> Curves<'a> {
    pub(super) fn new(rule: &'a SeriesRule) -> Self {
        Self { rule, by_key: BTreeMap::new() }
    }

    /// Sees the next row.
    pub(super) fn see(&mut self, row: &Row, parsed: &[Parsed], columns: &Columns<'_>) {
        let rule = self.rule;
        let time = columns.parsed(parsed, &rule.time, ColumnKind::Time).and_then(Parsed::at);
        let value = columns.parsed(parsed, &rule.value, ColumnKind::Number);
        let (Some(at), Some(Parsed::Number(value))) = (time, value) else { return };
        if !rule.conditions.iter().all(|one| one.test.holds(columns.text(row, &one.column))) {
            return;
        }
        let key = rule.key.as_ref().map(|key| key.fill(|name| columns.text(row, name)));
        let key = key.unwrap_or_default();
        if self.by_key.len() < MOST_CURVES || self.by_key.contains_key(&key) {
            let drawing = self.by_key.entry(key).or_insert_with(|| Drawing::new(rule));
            drawing.see(at, *value, &rule.thresholds);
        }
    }

    /// The curves, by key.
    pub(super) fn finish(self) -> impl Iterator<Item = Series> {
        let rule = self.rule;
        self.by_key.into_iter().map(move |(key, drawing)| Series {
            key,
            quantity: rule.value.clone(),
            unit: rule.unit.clone(),
            points: drawing.buckets.into_values().collect(),
            thresholds: rule.thresholds.clone(),
            crossings: drawing.crossings,
        })
    }
}

/// One curve being drawn.
struct Drawing {
    /// Width of a bucket in ms: a power of two, the least that gives few enough.
    width: i64,
    /// By their number: the first moment read in each, the lowest and the highest reading.
    buckets: BTreeMap<i64, (Moment, Decimal, Decimal)>,
    /// Of each threshold: whether the readings lie beyond it.
    beyond: Vec<bool>,
    crossings: Vec<Moment>,
}

impl Drawing {
    fn new(rule: &SeriesRule) -> Self {
        let (buckets, crossings) = (BTreeMap::new(), Vec::new());
        Self { width: 1, buckets, beyond: vec![false; rule.thresholds.len()], crossings }
    }

    fn see(&mut self, at: Moment, value: Decimal, thresholds: &[Decimal]) {
        for (beyond, threshold) in self.beyond.iter_mut().zip(thresholds) {
            let now = value > *threshold;
            if now && !*beyond && self.crossings.len() < MOST_CROSSINGS {
                self.crossings.push(at);
            }
            *beyond = now;
        }
        self.put(at.ms.div_euclid(self.width), (at, value, value));
        while self.buckets.len() > MOST_POINTS {
            self.width = self.width.saturating_mul(2);
            for (number, bucket) in std::mem::take(&mut self.buckets) {
                self.put(number.div_euclid(2), bucket);
            }
        }
    }

    fn put(&mut self, number: i64, (at, low, high): (Moment, Decimal, Decimal)) {
        let bucket = self.buckets.entry(number).or_insert((at, low, high));
        let first = if at.ms < bucket.0.ms { at } else { bucket.0 };
        *bucket = (first, bucket.1.min(low), bucket.2.max(high));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(readings: &[(i64, i64)]) -> Drawing {
        let rule = SeriesRule {
            value: String::new(),
            time: String::new(),
            unit: String::new(),
            key: None,
            conditions: Vec::new(),
            thresholds: vec![Decimal::whole(25)],
        };
        let mut drawing = Drawing::new(&rule);
        for (second, value) in readings {
            drawing.see(Moment::new(second * 1000, 0), Decimal::whole(*value), &rule.thresholds);
        }
        drawing
    }

    #[test]
    fn a_long_log_gives_few_points_and_loses_no_extreme() {
        let readings: Vec<(i64, i64)> =
            (0..100_000).map(|n| (n, if n == 77_777 { 99 } else { n % 7 })).collect();
        let drawing = drawn(&readings);
        assert!(drawing.buckets.len() <= MOST_POINTS && drawing.buckets.len() > MOST_POINTS / 2);
        let most = drawing.buckets.values().map(|(.., high)| *high).max();
        assert_eq!(most, Some(Decimal::whole(99)));
        assert_eq!(drawing.crossings, [Moment::new(77_777_000, 0)]);
        let mut turned = readings;
        turned.reverse();
        let points = |drawing: Drawing| drawing.buckets.into_values().collect::<Vec<_>>();
        assert_eq!(points(drawn(&turned)), points(drawing));
    }

    #[test]
    fn a_threshold_counts_each_time_it_is_crossed() {
        let drawing = drawn(&[(0, 1), (1, 26), (2, 30), (3, 25), (4, 26), (5, 0)]);
        assert_eq!(drawing.crossings, [Moment::new(1_000, 0), Moment::new(4_000, 0)]);
        assert_eq!(drawing.buckets.len(), 6);
    }
}
