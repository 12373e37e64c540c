//! Drifting clocks: the truth is inside, a constant rate is never looser than a changing one, and
//! a set clock shows.

use super::super::{Anchor, DriftFault, DriftModel, Reading, drift};
use super::world::Rng;

fn exact(local: i64) -> Reading {
    Reading { local, lo: 0, hi: 0 }
}

#[test]
fn the_truth_lies_in_both_and_the_constant_rate_is_tighter() {
    for seed in 0..300 {
        let mut rng = Rng(seed);
        let (rho, start) = (rng.below(500_000), rng.below(2_000_001) - 1_000_000);
        let rate = if rho == 0 { 0 } else { rng.below(2 * rho as u64 + 1) - rho };
        // A true time is known to the millisecond that holds it.
        let truth = |local: i64| {
            let moved = i128::from(local) * i128::from(rate);
            local + start + moved.div_euclid(1_000_000_000) as i64
        };
        let anchors: Vec<Anchor> = (0..1 + rng.below(5))
            .map(|_| {
                let local = rng.below(100_000_000);
                let (lo, hi) = (-rng.below(60_000), rng.below(60_000));
                let at = truth(local);
                let (early, late) = (rng.below(5000), 1 + rng.below(5000));
                let reading = Reading { local, lo, hi };
                Anchor { reading, true_lo: at - early, true_hi: at + late }
            })
            .collect();
        let asked = rng.below(100_000_000);
        let bounds = drift(rho, &anchors, exact(asked)).unwrap();
        let (lo, hi) = bounds.affine.unwrap();
        let at = truth(asked);
        assert!(lo <= i128::from(at + 1) * 10_000 && i128::from(at) * 10_000 <= hi, "seed {seed}");
        assert!(bounds.chain.0 <= at + 1 && at <= bounds.chain.1, "seed {seed}");
        let constant = bounds.constant().unwrap();
        assert!(constant.0 <= at + 1 && at <= constant.1, "seed {seed}");
        assert!(bounds.chain.0 <= constant.0 && constant.1 <= bounds.chain.1, "seed {seed}");
        let model = if rho == 0 { DriftModel::OffsetOnly } else { DriftModel::BoundedRate };
        assert_eq!(bounds.model, model);
        // The constant rate also widens the errors of reading, here by 60 s times the rate at most.
        let widened = i128::from(rho * 60_000 / 100_000 + 1);
        assert!(i128::from(bounds.chain.0) * 10_000 <= lo + widened, "seed {seed}");
        assert!(i128::from(bounds.chain.1) * 10_000 >= hi - widened, "seed {seed}");
        assert!(!bounds.rate_changed());
    }
}

#[test]
fn a_clock_that_was_set_shows() {
    let anchor = |local: i64, at: i64| Anchor { reading: exact(local), true_lo: at, true_hi: at };
    // Right, then slow, then right again: each step is within the rate, no constant rate is.
    let anchors = [anchor(0, 0), anchor(1_000_000, 1_000_100), anchor(2_000_000, 2_000_000)];
    let bounds = drift(200_000, &anchors, exact(1_500_000)).unwrap();
    assert!(bounds.rate_changed() && bounds.is_feasible() && bounds.constant().is_none());
    assert_eq!(bounds.chain, (1_500_000, 1_500_100));
}

#[test]
fn bad_data_is_refused() {
    let anchor = Anchor { reading: exact(0), true_lo: 1, true_hi: 0 };
    assert_eq!(drift(0, &[], exact(0)), Err(DriftFault::NoAnchor));
    assert_eq!(drift(0, &[anchor], exact(0)), Err(DriftFault::EmptySpan(1, 0)));
    assert_eq!(drift(-1, &[anchor], exact(0)), Err(DriftFault::Rate(-1)));
    assert_eq!(drift(0, &[anchor], exact(1 << 41)), Err(DriftFault::OutOfRange(1 << 41)));
}
