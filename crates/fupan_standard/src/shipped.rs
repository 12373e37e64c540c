//! The files of the shipped edition, compiled in.

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        /// (name within the book, text)
        pub(crate) const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../standard/aq9012-2023/", $name)))),*];
    };
}

files![
    "calendar/2019.toml",
    "calendar/2020.toml",
    "calendar/2021.toml",
    "calendar/2022.toml",
    "calendar/2023.toml",
    "calendar/2024.toml",
    "calendar/2025.toml",
    "calendar/2026.toml",
    "clauses.toml",
    "contents.toml",
    "crosschecks.toml",
    "duties.toml",
    "edition.toml",
    "evidence.toml",
    "fact-kinds.toml",
    "filing.toml",
    "grades.toml",
    "identity.toml",
    "indicators.toml",
    "investigation.toml",
    "iso45001.toml",
    "lateness.toml",
    "laws.toml",
    "limits.toml",
    "limits/shandong.toml",
    "lists.toml",
    "methods.toml",
    "parties.toml",
    "phases.toml",
    "phrases.toml",
    "plan-elements.toml",
    "questions.toml",
    "reading-policies.toml",
    "report-content.toml",
    "report-outline.toml",
    "requirements.toml",
    "stages.toml",
    "statutes.toml",
    "weights.toml",
];
