//! Calendars of public holidays, and working days counted by them.

use crate::body::Body;
use crate::fields::Fields;
use crate::{Date, Fault, Row};
use thiserror::Error;

/// Calendar (工作日历) of one year, by the notices of the State Council's General Office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The year.
    pub year: i32,
    /// Days off, weekend days among them.
    pub holidays: Vec<Date>,
    /// Weekend days that are worked.
    pub workdays: Vec<Date>,
}

impl Calendar {
    /// Whether the day, of this year, is worked.
    pub fn is_working_day(&self, day: Date) -> bool {
        self.workdays.contains(&day) || !(day.is_weekend() || self.holidays.contains(&day))
    }
}

impl Body for Calendar {
    const TABLE: &'static str = "calendar";

    fn read(fields: &mut Fields<'_>) -> Self {
        let year = i32::try_from(fields.count("year")).unwrap_or_default();
        let calendar =
            Self { year, holidays: fields.dates("holidays"), workdays: fields.dates("workdays") };
        for day in calendar.workdays.iter().filter(|day| calendar.holidays.contains(day)) {
            let expected = "a day that is not among the holidays".to_owned();
            fields.fault("workdays", Fault::Clash { found: day.to_string(), expected });
        }
        calendar
    }
}

/// Not computed (未计算): a year lies in the span for which the book has no calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no calendar for the year {year}, so working days are not computed")]
pub struct NoCalendar {
    /// The first year missing.
    pub year: i32,
}

/// Working days after `from` up to and including `to`, negative when `to` is before `from`.
///
/// # Errors
/// [`NoCalendar`] when a year of the span has no calendar.
pub fn working_days_between(
    calendars: &[Row<Calendar>],
    from: Date,
    to: Date,
) -> Result<i64, NoCalendar> {
    if to < from {
        return working_days_between(calendars, to, from).map(|days| -days);
    }
    for year in from.year()..=to.year() {
        if !calendars.iter().any(|row| row.body.year == year) {
            return Err(NoCalendar { year });
        }
    }
    let mut days = 0;
    let mut day = from;
    while day < to {
        let Some(next) = day.next() else { break };
        day = next;
        let calendar = calendars.iter().find(|row| row.body.year == day.year());
        days += i64::from(calendar.is_some_and(|row| row.body.is_working_day(day)));
    }
    Ok(days)
}
