//! The sweep for records and pairs that cannot be true, against trying every pair.

use std::collections::BTreeSet;

use super::super::shortest::Scratch;
use super::super::{Network, Record, conflict, pairs};
use super::world::{distances, world};

#[test]
fn every_pair_is_found_and_no_other() {
    let mut seen = 0;
    for seed in 1000..1200 {
        let (_, records) = world(seed, 16, true);
        let net = Network::build(&records, Some("s0")).unwrap();
        let Ok(mut hard) = conflict::hard_base(&net) else { continue };
        let soft: BTreeSet<u32> =
            (0..records.len() as u32).filter(|r| !records[*r as usize].hard).collect();
        let found = pairs::find(&mut hard, &mut Scratch::new(net.node_count()), 1000, &soft);
        let fine = |wanted: &[usize]| {
            let kept = |i: usize, r: &Record| r.hard || wanted.contains(&i);
            let list = records.iter().enumerate().filter(|(i, r)| kept(*i, r)).map(|(_, r)| r);
            distances(list).is_some()
        };
        let soft: Vec<usize> = (0..records.len()).filter(|i| !records[*i].hard).collect();
        let single: BTreeSet<u32> =
            soft.iter().filter(|i| !fine(&[**i])).map(|i| *i as u32).collect();
        let mut all = BTreeSet::new();
        for (n, i) in soft.iter().enumerate() {
            for j in &soft[n + 1..] {
                let (a, b) = (*i as u32, *j as u32);
                if !single.contains(&a) && !single.contains(&b) && !fine(&[*i, *j]) {
                    all.insert((a, b));
                }
            }
        }
        assert_eq!(found.single, single, "seed {seed}");
        assert_eq!(found.pairs, all, "seed {seed}");
        assert!(!found.capped);
        seen += all.len();
    }
    assert!(seen > 300, "{seen}");
}
