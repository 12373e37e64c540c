//! What the cells of a column look like.

use crate::mapping::ColumnKind;
use crate::table::Row;
use crate::time::{DateOrder, Epoch, Precision, TimeError, TimeForm, read_clock, read_formed};
use fupan_model::Decimal;

/// A column as it looks (列草稿).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ColumnDraft {
    pub(super) name: String,
    pub(super) kind: ColumnKind,
    /// Of times: the most precise one.
    pub(super) precision: Option<Precision>,
    /// Whether every time names its offset.
    pub(super) zoned: bool,
    /// The order of day and month, where cells tell it.
    pub(super) order: Option<DateOrder>,
    /// What cannot be told and must be stated.
    pub(super) open: Vec<Open>,
    pub(super) epoch: Option<Epoch>,
}

/// What a person must state (待定项).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    Order,
    Pivot,
    Day,
}

/// Seconds of 2000-01-01 and 2100-01-01: counts between them look like times.
const LIKELY: std::ops::Range<i64> = 946_684_800..4_102_444_800;

impl ColumnDraft {
    /// The columns of a table, by the rows at its head.
    pub(super) fn of(header: &[String], rows: &[Row]) -> Vec<Self> {
        let column = |(at, name): (usize, &String)| {
            let cells = rows.iter().filter_map(|row| row.cells.get(at));
            let dates: Vec<Precision> = cells
                .clone()
                .filter_map(|cell| cell.date.map(|(_, precision)| precision))
                .collect();
            let words: Vec<&str> =
                cells.map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
            Self::look(name, &words, &dates)
        };
        // A mapping names columns: one without a name, or with that of another, stays unread.
        let named =
            |name: &str| !name.is_empty() && header.iter().filter(|h| *h == name).count() == 1;
        header.iter().enumerate().filter(|(_, name)| named(name)).map(column).collect()
    }

    fn look(name: &str, words: &[&str], dates: &[Precision]) -> Self {
        let (name, open) = (name.to_owned(), Vec::new());
        let (precision, zoned, order, epoch) = (None, false, None, None);
        let kind = ColumnKind::Text;
        let mut draft = Self { name, kind, precision, zoned, order, open, epoch };
        // Bad rows, up to one in five, do not change what a column is: a short head may hold one.
        let most = |count: usize| count > 0 && count * 5 >= words.len() * 4;
        let numbers = words.iter().filter(|text| Decimal::parse(text).is_ok()).count();
        // Workbooks keep whole numbers that could be days: a word with a stroke tells a date.
        let shown = words.iter().filter(|text| text.contains(['-', '/', ':'])).count();
        if most(dates.len()) && most(shown) {
            draft.kind = ColumnKind::Time;
            draft.precision = dates.iter().copied().max();
        } else if let Some(epoch) = count(words) {
            draft.kind = ColumnKind::Time;
            draft.epoch = Some(epoch);
            draft.zoned = true;
        } else if most(numbers) {
            let named =
                |text: &&&str| text.len() > 1 && text.starts_with('0') && !text.contains('.');
            let code = words.iter().any(|text| named(&text) || text.len() > 15);
            draft.kind = if code { ColumnKind::Text } else { ColumnKind::Number };
        } else {
            draft.times(words, most);
        }
        draft
    }

    fn times(&mut self, words: &[&str], most: impl Fn(usize) -> bool) {
        let orders = [DateOrder::Ymd, DateOrder::Mdy, DateOrder::Dmy];
        let read = |text: &str, order, pivot| {
            read_formed(text, Some(0), &TimeForm { order, pivot, epoch: None })
        };
        let count =
            |order, pivot| words.iter().filter(|text| read(text, order, pivot).is_ok()).count();
        let two_digits =
            words.iter().any(|text| read(text, DateOrder::Ymd, None) == Err(TimeError::NoPivot));
        let pivot = two_digits.then_some(70);
        let plain = count(DateOrder::Ymd, None);
        if most(plain) {
            let zoned = words.iter().filter_map(|text| read(text, DateOrder::Ymd, None).ok());
            self.zoned = zoned.clone().all(|reading| reading.zoned);
            self.precision = zoned.map(|reading| reading.precision).max();
            self.kind = ColumnKind::Time;
            return;
        }
        let fits: Vec<DateOrder> = orders
            .into_iter()
            .skip(usize::from(!two_digits))
            .filter(|order| most(count(*order, pivot)))
            .collect();
        if let Some(first) = fits.first() {
            self.kind = ColumnKind::Time;
            let readings = words.iter().filter_map(|text| read(text, *first, pivot).ok());
            self.precision = readings.map(|reading| reading.precision).max();
            // Where days beyond the twelfth fit one order best, cells tell it.
            let best = fits.iter().map(|order| count(*order, pivot)).max();
            let best: Vec<&DateOrder> =
                fits.iter().filter(|order| Some(count(**order, pivot)) == best).collect();
            match best.as_slice() {
                [one] => self.order = Some(**one),
                _ => self.open.push(Open::Order),
            }
            if two_digits {
                self.open.push(Open::Pivot);
            }
            return;
        }
        let clocks: Vec<_> = words.iter().filter_map(|text| read_clock(text)).collect();
        if most(clocks.len()) {
            self.kind = ColumnKind::Time;
            self.precision = clocks.iter().map(|clock| clock.precision).max();
            self.open.push(Open::Day);
        }
    }
}

/// Whether all words are counts since 1970 that fall into this century.
fn count(words: &[&str]) -> Option<Epoch> {
    let within = |divisor: i64, width: usize| {
        let of = |text: &&&str| {
            let value: Option<i64> = text.parse().ok();
            text.len() == width && value.is_some_and(|value| LIKELY.contains(&(value / divisor)))
        };
        !words.is_empty() && words.iter().all(|text| of(&text))
    };
    if within(1, 10) { Some(Epoch::Seconds) } else { within(1000, 13).then_some(Epoch::Millis) }
}

/// Whether a text is a number or a time.
pub(super) fn is_figure(text: &str) -> bool {
    let time = read_formed(text, Some(0), &TimeForm::default());
    let time = !matches!(time, Err(TimeError::NoTime)) || read_clock(text).is_some();
    time || Decimal::parse(text).is_ok()
}
