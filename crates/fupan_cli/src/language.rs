//! Which language the screen speaks. It must be known before the arguments are parsed, since the
//! parser's own help speaks it.

use fupan::Lang;
use std::env;
use std::ffi::OsString;

/// `--lang` where it names a language; else the locale.
pub(crate) fn chosen(args: &[OsString]) -> Lang {
    asked(args).unwrap_or_else(|| {
        let values = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| env::var(name).ok());
        let [all, messages, lang] = &values;
        Lang::of_locale([all.as_deref(), messages.as_deref(), lang.as_deref()])
    })
}

fn asked(args: &[OsString]) -> Option<Lang> {
    let texts: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let after = texts.iter().position(|arg| *arg == "--lang").and_then(|at| texts.get(at + 1));
    let joined = texts.iter().find_map(|arg| arg.strip_prefix("--lang="));
    after.copied().or(joined).and_then(Lang::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_asking_are_heard() {
        let of = |args: &[&str]| asked(&args.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of(&["fupan", "--lang", "en", "book"]), Some(Lang::En));
        assert_eq!(of(&["fupan", "book", "--lang=zh"]), Some(Lang::Zh));
        assert_eq!(of(&["fupan", "--lang"]), None);
        assert_eq!(of(&["fupan", "--lang", "fr"]), None);
    }
}
