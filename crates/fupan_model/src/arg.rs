//! Arguments of a phrase: values that a language formats, kept apart from the words.

use crate::{Decimal, FactId, Gap, Moment, PartyId, RowId, Window};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A value that a phrase of the book is filled with (短语参数). It carries no language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// Words of the case itself (names, keys, published figures), printed as they are.
    Text(String),
    /// Several of them.
    Texts(Vec<String>),
    /// A number.
    Number(Decimal),
    /// A count.
    Count(u64),
    /// A span of time, in milliseconds.
    Span(i64),
    /// A delay between bounds.
    Gap(Gap),
    /// A moment.
    Moment(Moment),
    /// A moment between bounds.
    Window(Window),
    /// A row of the book, printed by its name.
    Row(RowId),
    /// Several rows.
    Rows(Vec<RowId>),
    /// A party, printed by its name.
    Party(PartyId),
    /// Several parties.
    Parties(Vec<PartyId>),
    /// Facts, printed by their ids and linked to the register.
    Facts(Vec<FactId>),
}

/// The arguments of one phrase, by the name they have in it.
pub type Args = BTreeMap<String, Arg>;
