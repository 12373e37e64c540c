//! When chunks are sealed, and what is no reading of the stream.

use super::*;

const NOW: i64 = 1_000_000_000;

fn reading(seq: u64, at_ms: i64) -> Reading {
    let raw = format!("{{\"seq\":{seq},\"at\":{at_ms},\"values\":{{\"ch4\":{seq}}}}}");
    super::super::line::read(raw.as_bytes(), None).unwrap()
}

fn sealer() -> Sealer {
    Sealer::new(Known::default(), 1000, 60_000)
}

/// Takes readings at one a second.
fn run(sealer: &mut Sealer, seqs: impl IntoIterator<Item = u64>) -> Vec<Sealed> {
    let take = |seq: u64| {
        let at = i64::try_from(seq).unwrap() * 1000;
        sealer.take(&reading(seq, at), None, NOW).unwrap()
    };
    seqs.into_iter().flat_map(take).collect()
}

fn chunk(sealed: &Sealed) -> (u64, u64, u64) {
    match sealed {
        Sealed::Chunk(open) => (open.seq, open.count, open.lines),
        other => panic!("{other:?}"),
    }
}

#[test]
fn ten_seconds_of_device_time_are_a_chunk() {
    let mut sealer = sealer();
    let sealed = run(&mut sealer, 0..25);
    assert_eq!(sealed.iter().map(chunk).collect::<Vec<_>>(), [(0, 10, 10), (10, 10, 10)]);
    let rest = sealer.end(None);
    assert_eq!(rest.iter().map(chunk).collect::<Vec<_>>(), [(20, 5, 5)]);
    let Sealed::Chunk(open) = &rest[0] else { panic!("{rest:?}") };
    assert_eq!((open.first_ms, open.last_ms), (20_000, 24_000));
    let (low, high) = &open.ranges["ch4"];
    assert_eq!((low.as_u64(), high.as_u64()), (Some(20), Some(24)));
}

#[test]
fn a_thousand_readings_or_256_kib_are_a_chunk_however_soon_they_come() {
    let mut sealer = sealer();
    let mut sealed = Vec::new();
    for seq in 0..2001 {
        sealed.extend(sealer.take(&reading(seq, 0), None, NOW).unwrap());
    }
    assert_eq!(sealed.iter().map(chunk).collect::<Vec<_>>(), [(0, 1000, 1000), (1000, 1000, 1000)]);
    let mut sealer = Sealer::new(Known::default(), 1000, 0);
    for seq in 0..10 {
        let mut long = reading(seq, 0);
        long.raw = "x".repeat(60_000);
        let sealed = sealer.take(&long, None, NOW).unwrap();
        assert_eq!(sealed.len(), usize::from(seq > 0 && seq % 4 == 0), "{seq}");
    }
}

#[test]
fn a_quiet_input_is_sealed_ten_seconds_after_the_first_reading_came() {
    let mut sealer = sealer();
    assert_eq!(sealer.deadline_ms(), None);
    assert!(sealer.take(&reading(0, 0), None, NOW).unwrap().is_empty());
    assert_eq!(sealer.deadline_ms(), Some(NOW + SEAL_MS));
    assert!(sealer.tick(NOW + SEAL_MS - 1).is_empty());
    assert_eq!(sealer.tick(NOW + SEAL_MS).iter().map(chunk).collect::<Vec<_>>(), [(0, 1, 1)]);
    assert_eq!(sealer.deadline_ms(), None);
    let silent = sealer.end(Some(NOW + 12_000));
    assert_eq!(silent, [Sealed::Silence { first_ms: 0, last_ms: 12_000 }]);
    assert!(Sealer::new(Known::default(), 1000, 0).end(Some(NOW)).is_empty());
}

#[test]
fn attack_27_gaps_silence_doubles_and_what_comes_out_of_order() {
    let mut sealer = sealer();
    run(&mut sealer, [0, 1]);
    // One number is missing; the time between is as it should be.
    let sealed = run(&mut sealer, [3]);
    assert_eq!(chunk(&sealed[0]), (0, 2, 2));
    assert_eq!(sealed[1..], [Sealed::Gap { seq: 2, count: 1 }]);
    assert_eq!(sealer.take(&reading(2, 2000), None, NOW), Err(RowFault::OutOfOrder));
    // The same once more is kept, and counts once; another of the same number is not taken.
    assert_eq!(sealer.take(&reading(3, 3000), None, NOW), Ok(vec![]));
    assert_eq!(sealer.take(&reading(3, 3001), None, NOW), Err(RowFault::SeqReused));
    assert_eq!(sealer.take(&reading(4, 2999), None, NOW), Err(RowFault::ClockBackward));
    assert_eq!(sealer.take(&reading(4, NOW + 60_001), None, NOW), Err(RowFault::ClockAhead));
    // An hour of silence without a number missing.
    let sealed = sealer.take(&reading(4, 3_603_000), None, NOW).unwrap();
    assert_eq!(chunk(&sealed[0]), (3, 1, 2));
    assert_eq!(sealed[1..], [Sealed::Silence { first_ms: 3000, last_ms: 3_603_000 }]);
    assert_eq!(sealer.next(), 5);
}

#[test]
fn a_stream_goes_on_where_it_was() {
    let mut first = sealer();
    run(&mut first, 0..3);
    let mut second = Sealer::new(first.known.clone(), 1000, 60_000);
    // What came before is known from the log alone.
    let past = reading(2, 2000);
    let digest = Digests::of(past.raw.as_bytes()).sha256;
    assert!(second.is_past(2) && !second.is_past(3));
    assert_eq!(second.take(&past, Some([7; 32]), NOW), Err(RowFault::SeqReused));
    assert_eq!(second.take(&past, None, NOW), Err(RowFault::OutOfOrder));
    assert_eq!(second.take(&past, Some(digest), NOW), Ok(vec![]));
    assert_eq!(second.take(&reading(3, 3000), None, NOW), Ok(vec![]));
    assert_eq!(second.end(None).iter().map(chunk).collect::<Vec<_>>(), [(3, 1, 2)]);
}

#[test]
fn what_is_known_of_old_numbers_does_not_grow_with_the_stream() {
    let mut sealer = Sealer::new(Known::default(), 1, 0);
    for seq in 0..20_000 {
        let sealed = sealer.take(&reading(seq, 0), None, NOW).unwrap();
        if !sealed.is_empty() {
            sealer.kept(seq);
        }
        assert!(sealer.seen.len() <= 2001, "{seq}: {}", sealer.seen.len());
    }
    assert!(sealer.is_past(17_999) && !sealer.is_past(18_500));
    // What is not in the log yet is never forgotten.
    let mut sealer = Sealer::new(Known::default(), 1, 0);
    for seq in 0..5000 {
        sealer.take(&reading(seq, 0), None, NOW).unwrap();
    }
    sealer.kept(0);
    assert_eq!((sealer.seen.len(), sealer.is_past(0)), (5000, false));
    assert!(sealer.take(&reading(0, 0), None, NOW).is_ok());
    assert_eq!(sealer.take(&reading(0, 1), None, NOW), Err(RowFault::SeqReused));
}
