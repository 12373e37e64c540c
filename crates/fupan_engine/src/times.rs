//! The times of a case: its facts as records of the constraint network, and questions put to it
//! so that neither the order nor the id of a fact decides.

mod answer;
mod rates;
mod records;
mod told;

pub(crate) use answer::{Answer, Aside, Times};
pub(crate) use rates::INNER;
pub(crate) use records::{Stock, kept, stock};
pub(crate) use told::Told;
