//! What a log says of its own clock: rows out of order, stamps that repeat, jumps. Nothing is
//! corrected; it is told.

use fupan_model::{ClockNotes, ClockStep, Moment};

/// A step against the order of the log that is more than a stray row, in ms.
const JUMP_MS: i64 = 60_000;
/// How many steps are listed.
const LISTED: usize = 100;

/// Clock watch (时钟观察): one pass over the stamps of a log, in the order of its rows.
#[derive(Debug, Default)]
pub(super) struct ClockWatch {
    every_ms: Option<i64>,
    last: Option<Moment>,
    repeated: u64,
    /// Judged as a log that runs forwards, and as one that runs backwards.
    ways: [Way; 2],
}

#[derive(Debug, Default)]
struct Way {
    against: u64,
    jumps_total: u64,
    jumps: Vec<ClockStep>,
}

impl ClockWatch {
    /// `every_ms`: how often rows come, where the mapping says so.
    pub(super) fn new(every_ms: Option<i64>) -> Self {
        Self { every_ms, ..Self::default() }
    }

    /// Sees the stamp of the next row.
    #[inline]
    pub(super) fn see(&mut self, row: u64, at: Moment) {
        let Some(from) = self.last.replace(at) else { return };
        let step = at.ms.saturating_sub(from.ms);
        if step == 0 {
            self.repeated += 1;
            return;
        }
        let far = self.every_ms.map(|every| every.saturating_mul(2));
        for (way, step) in self.ways.iter_mut().zip([step, -step]) {
            way.against += u64::from(step < 0);
            if step < -JUMP_MS || far.is_some_and(|far| step > far) {
                way.jumps_total += 1;
                if way.jumps.len() < LISTED {
                    way.jumps.push(ClockStep { row, from, to: at });
                }
            }
        }
    }

    /// What it saw. A log most of whose steps lead back runs from the latest row to the earliest.
    pub(super) fn finish(self, roll_overs: u64, rolled: Vec<ClockStep>) -> ClockNotes {
        let [forwards, backwards] = self.ways;
        let descending = forwards.against > backwards.against;
        let way = if descending { backwards } else { forwards };
        ClockNotes {
            descending,
            out_of_order: way.against,
            repeated: self.repeated,
            roll_overs,
            rolled,
            jumps_total: way.jumps_total,
            jumps: way.jumps,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(every_ms: Option<i64>, stamps: &[i64]) -> ClockNotes {
        let mut watch = ClockWatch::new(every_ms);
        for (row, second) in (2..).zip(stamps) {
            watch.see(row, Moment::new(second * 1000, 0));
        }
        watch.finish(0, Vec::new())
    }

    #[test]
    fn steps_are_judged_by_the_order_of_the_log() {
        let up = notes(None, &[0, 10, 10, 20, 15, 30, 500, 400]);
        assert_eq!((up.descending, up.out_of_order, up.repeated), (false, 2, 1));
        assert_eq!((up.jumps_total, up.jumps.first().map(|jump| jump.row)), (1, Some(9)));
        let down = notes(None, &[500, 400, 300, 310, 200]);
        assert_eq!((down.descending, down.out_of_order, down.jumps_total), (true, 1, 0));
        let sampled = notes(Some(10_000), &[0, 10, 20, 41, 50]);
        assert_eq!(sampled.jumps.iter().map(|jump| jump.row).collect::<Vec<_>>(), [5]);
        assert!(notes(None, &[0, 10, 20]).is_quiet());
    }
}
