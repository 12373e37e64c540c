//! The times of a case: its facts as records of the constraint network, and questions put to it
//! so that neither the order nor the id of a fact decides.

mod answer;
mod records;

pub(crate) use answer::{Answer, Aside, Times};
pub(crate) use records::stock;
