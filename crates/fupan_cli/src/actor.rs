//! Who states something: the options that all verbs have which add to a case.

use crate::help;
use clap::{Arg, ArgMatches, value_parser};
use fupan::{Actor, Voice};
use std::env;
use std::path::PathBuf;

/// Where keys are kept below a person's home, unless the environment says otherwise.
const KEYS: [&str; 2] = [".fupan", "keys"];

/// The options.
pub(crate) fn args(voice: &Voice) -> [Arg; 3] {
    [
        help::option(voice, "author", "NAME", "author"),
        help::option(voice, "expect", "VERSION", "expect").value_parser(value_parser!(u64)),
        keys_arg(voice),
    ]
}

/// Who looks: for verbs that read and state nothing.
pub(crate) fn looks(voice: &Voice) -> [Arg; 2] {
    [help::option(voice, "author", "NAME", "look-author"), keys_arg(voice)]
}

/// `--keys` alone, for verbs that write and state nothing.
pub(crate) fn keys_arg(voice: &Voice) -> Arg {
    help::path_option(voice, "keys", "DIR", "keys")
}

/// What they say, or the environment: `FUPAN_AUTHOR`, `FUPAN_KEYS`.
pub(crate) fn of(matches: &ArgMatches) -> Actor {
    let author = matches.try_get_one::<String>("author").ok().flatten().cloned();
    let expected = matches.try_get_one::<u64>("expect").ok().flatten().copied();
    let keys = matches.try_get_one::<PathBuf>("keys").ok().flatten().cloned();
    let below_home =
        || env::home_dir().map(|home| KEYS.iter().fold(home, |so_far, part| so_far.join(part)));
    Actor {
        author: author.or_else(|| env::var("FUPAN_AUTHOR").ok()),
        expected,
        keys: keys.or_else(|| env::var_os("FUPAN_KEYS").map(PathBuf::from)).or_else(below_home),
    }
}
