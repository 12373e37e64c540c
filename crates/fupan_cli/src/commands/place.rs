//! Where in a piece of evidence: the options that several verbs have.

use crate::help;
use clap::{Arg, ArgMatches, value_parser};
use fupan::Voice;

/// Options of which at most one is given.
const PLACES: [(&str, &str); 3] =
    [("row", "fact-row"), ("page", "fact-page"), ("second", "fact-second")];

/// The options.
pub(crate) fn args(voice: &Voice) -> [Arg; 3] {
    PLACES.map(|(id, key)| {
        let others = PLACES.map(|(other, _)| other).into_iter().filter(move |other| *other != id);
        help::option(voice, id, "N", key)
            .value_parser(value_parser!(u32))
            .conflicts_with_all(others.collect::<Vec<_>>())
    })
}

/// What they say.
pub(crate) fn of(matches: &ArgMatches) -> Option<(&'static str, u32)> {
    PLACES.iter().find_map(|(id, _)| Some((*id, matches.get_one::<u32>(id).copied()?)))
}
