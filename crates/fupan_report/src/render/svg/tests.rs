//! The figure: structure, honesty of places, and sameness.

use super::*;
use crate::render::sample;
use fupan_model::Tone;

fn all(timeline: &Timeline) -> String {
    svg(timeline, "zh").concat()
}

#[test]
fn every_event_and_delay_is_there_once_with_its_full_words() {
    let timeline = sample::timeline("zh", 40);
    let text = all(&timeline);
    for bar in timeline.lanes.iter().flat_map(|lane| &lane.bars) {
        let words = super::super::escape::escape(bar.label.text());
        assert!(text.contains(&words), "{words}");
    }
    let count = timeline.lanes.iter().map(|lane| lane.bars.len()).sum::<usize>();
    assert_eq!(text.matches("<title>").count(), count + timeline.brackets.len());
}

#[test]
fn a_full_case_is_split_into_pictures_that_fit_a_page() {
    let parts = svg(&sample::timeline("zh", 40), "zh");
    assert!(parts.len() > 1);
    let words = Words::of("zh");
    let ruler = Ruler::new();
    let timeline = sample::timeline("zh", 40);
    let mut plans = Vec::new();
    split(&timeline, &numbered(&timeline), &words, &ruler, &mut plans);
    for plan in &plans {
        assert!(plan.height <= TALLEST, "{}", plan.height);
    }
}

#[test]
fn no_words_cover_others_and_none_leave_the_picture() {
    let timeline = sample::timeline("zh", 40);
    let (words, ruler) = (Words::of("zh"), Ruler::new());
    let plan = Plan::lay(&timeline, &numbered(&timeline), &words, &ruler);
    let mut boxes = Vec::new();
    for row in &plan.rows {
        for item in &row.items {
            let x1 = item.text_x + lane::BADGE + 400 + ruler.widest(&item.lines, lane::SIZE);
            let y0 = row.y + item.y + item.text_dy;
            let y1 = y0 + lane::PITCH * item.lines.len() as Px;
            assert!(item.text_x >= plan.axis.left && x1 <= plan.axis.right, "{}", item.title);
            assert!(y1 <= row.y + row.height, "{}", item.title);
            boxes.push((item.text_x, x1, y0, y1, item.event.number));
        }
    }
    for (n, a) in boxes.iter().enumerate() {
        for b in boxes.iter().skip(n + 1) {
            let apart = a.1 <= b.0 || b.1 <= a.0 || a.3 <= b.2 || b.3 <= a.2;
            assert!(apart, "{} covers {}", a.4, b.4);
        }
    }
}

#[test]
fn a_contradiction_is_hatched_and_signed_not_only_red() {
    let mut timeline = sample::timeline("zh", 6);
    let before = all(&timeline);
    let bar = timeline.lanes.iter_mut().flat_map(|lane| &mut lane.bars).next().expect("one");
    bar.tone = Tone::Bad;
    let after = all(&timeline);
    assert_ne!(before, after);
    assert!(after.contains("url(#f1-hatch)") && after.contains(">× "));
}

#[test]
fn nothing_to_show_is_still_a_picture_and_bounds_of_any_size_are_borne() {
    let empty = Timeline { offset_s: 0, lanes: Vec::new(), brackets: Vec::new() };
    assert_eq!(svg(&empty, "en").len(), 1);
    let mut timeline = sample::timeline("en", 4);
    let mut bars = timeline.lanes.iter_mut().flat_map(|lane| &mut lane.bars);
    let (first, second) = (bars.next().expect("one"), bars.next().expect("two"));
    (first.min_ms, first.max_ms) = (Some(i64::MIN / 4), Some(i64::MAX / 4));
    (second.min_ms, second.max_ms) = (None, None);
    let text = svg(&timeline, "en").concat();
    assert!(text.contains("no time known"));
    assert!(crate::render::png(&text).is_ok());
}

#[test]
fn the_same_timeline_gives_the_same_text_and_hostile_words_stay_words() {
    let timeline = sample::timeline("zh", 40);
    assert_eq!(all(&timeline), all(&timeline.clone()));
    let mut timeline = sample::timeline("zh", 4);
    let label = "</text><script>&\u{1}".to_owned();
    let cites = sample::cites();
    for lane in &mut timeline.lanes {
        for bar in &mut lane.bars {
            bar.label = fupan_model::Sentence::new(label.clone(), cites.clone());
        }
    }
    let text = all(&timeline);
    assert!(!text.contains("<script") && !text.contains('\u{1}'));
    assert!(crate::render::png(&text).is_ok());
}
