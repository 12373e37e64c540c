//! Words of the screen, from `locales/{zh,en}/*.ftl`. Words of the report are the book's.

use crate::{Filling, Message};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// Language of the screen (界面语言).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese, the language of those who use the program.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both, in the order of the design.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// `zh` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The language a code names: `zh`, `en`, with or without region (`zh_CN.UTF-8`, `en-US`).
    pub fn of(code: &str) -> Option<Self> {
        let language = code.split(['_', '-', '.', '@']).next()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|lang| lang.code() == language)
    }

    /// The language of a locale as a POSIX environment gives it: the first non-empty one of
    /// `LC_ALL`, `LC_MESSAGES`, `LANG` decides. `C`, `POSIX` and languages we do not speak give
    /// English; no locale at all gives Chinese.
    pub fn of_locale(values: [Option<&str>; 3]) -> Self {
        match values.into_iter().flatten().find(|value| !value.is_empty()) {
            Some(value) => Self::of(value).unwrap_or(Self::En),
            None => Self::default(),
        }
    }

    /// Its files.
    fn sources(self) -> &'static [&'static str] {
        match self {
            Self::Zh => &[
                include_str!("../../../locales/zh/cosigner.ftl"),
                include_str!("../../../locales/zh/screen.ftl"),
                include_str!("../../../locales/zh/errors.ftl"),
                include_str!("../../../locales/zh/help.ftl"),
                include_str!("../../../locales/zh/stamp.ftl"),
                include_str!("../../../locales/zh/verify.ftl"),
                include_str!("../../../locales/zh/vault.ftl"),
                include_str!("../../../locales/zh/attest.ftl"),
            ],
            Self::En => &[
                include_str!("../../../locales/en/cosigner.ftl"),
                include_str!("../../../locales/en/screen.ftl"),
                include_str!("../../../locales/en/errors.ftl"),
                include_str!("../../../locales/en/help.ftl"),
                include_str!("../../../locales/en/stamp.ftl"),
                include_str!("../../../locales/en/verify.ftl"),
                include_str!("../../../locales/en/vault.ftl"),
                include_str!("../../../locales/en/attest.ftl"),
            ],
        }
    }
}

/// Voice (界面用语): puts messages into words of one language.
pub struct Voice {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Voice {
    /// The voice of a language. A source that does not parse loses only its broken entries; the
    /// tests beside this file refuse any such source.
    pub fn new(lang: Lang) -> Self {
        let locale: LanguageIdentifier = lang.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![locale]);
        bundle.set_use_isolating(false);
        for source in lang.sources() {
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle }
    }

    /// Its language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A word without fillings.
    pub fn word(&self, key: &str) -> String {
        self.say(&Message::new(key))
    }

    /// A message in words; its key where the language lacks it.
    pub fn say(&self, message: &Message) -> String {
        let pattern = self.bundle.get_message(&message.key).and_then(|found| found.value());
        let Some(pattern) = pattern else {
            return message.key.clone();
        };
        let mut args = FluentArgs::new();
        for (name, filling) in &message.fillings {
            match filling {
                Filling::Text(text) => args.set(*name, FluentValue::from(text.as_str())),
                Filling::Count(count) => args.set(*name, FluentValue::from(*count)),
            }
        }
        let mut faults = Vec::new();
        self.bundle.format_pattern(pattern, Some(&args), &mut faults).into_owned()
    }
}

#[cfg(test)]
mod tests;
