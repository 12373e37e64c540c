//! Grades of accidents, in three dimensions.

use crate::Fault;
use crate::body::Body;
use crate::fields::Fields;

/// Grade (事故等级): the highest of the three dimensions decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grade {
    /// 1 is the gravest.
    pub rank: u32,
    /// The word by which cases and other texts name it.
    pub code: String,
    /// Deaths.
    pub deaths: Band,
    /// Serious injuries, acute industrial poisoning among them.
    pub serious_injuries: Band,
    /// Direct loss in CNY.
    pub direct_loss_cny: Band,
    /// Whether the assessment standard itself covers accidents of this grade.
    pub in_scope: bool,
}

/// Band (区间): from `min` (included) to below `below`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Band {
    /// Smallest number within; `None`: no lower end.
    pub min: Option<u64>,
    /// First number beyond; `None`: no upper end.
    pub below: Option<u64>,
}

impl Band {
    /// Whether the number lies within.
    pub fn holds(self, number: u64) -> bool {
        self.min.is_none_or(|min| min <= number) && self.below.is_none_or(|below| number < below)
    }

    fn read(fields: &mut Fields<'_>) -> Self {
        let mut end = |key: &str| {
            let whole = fields.whole_or_none(key)?;
            let end = u64::try_from(whole).ok();
            if end.is_none() {
                let expected = "a number from 0 up".to_owned();
                fields.fault(key, Fault::Sort { expected, found: whole.to_string() });
            }
            end
        };
        let band = Self { min: end("min"), below: end("below") };
        if let (Some(min), Some(below)) = (band.min, band.below)
            && min >= below
        {
            let expected = format!("more than min {min}");
            fields.fault("below", Fault::Disorder { found: below.to_string(), expected });
        }
        band
    }
}

impl Body for Grade {
    const TABLE: &'static str = "grade";
    const LAW: bool = true;

    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            rank: fields.count("rank"),
            code: fields.text("code"),
            deaths: fields.table("deaths", Band::read).unwrap_or_default(),
            serious_injuries: fields.table("serious-injuries", Band::read).unwrap_or_default(),
            direct_loss_cny: fields.table("direct-loss-cny", Band::read).unwrap_or_default(),
            in_scope: fields.flag_needed("in-scope"),
        }
    }

    fn code(&self) -> Option<&str> {
        Some(&self.code)
    }
}
