//! Paths in a bag. What a bag names must stay inside it and be a name on other systems too.

use thiserror::Error;

/// Path fault (路径缺陷): why a path is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PathFault {
    /// Empty, or with an empty, `.` or `..` part: it may lead outside.
    #[error("it has an empty, `.` or `..` part")]
    Escapes,
    /// It starts at a root, a drive or a home.
    #[error("it is absolute")]
    Absolute,
    /// A payload file that is not below `data/`, or a tag file that is.
    #[error("it is on the wrong side of `data/`")]
    Side,
    /// A percent sign that is not one of the three escapes.
    #[error("a percent sign that escapes nothing")]
    Escape,
    /// A percent sign: RFC 8493 has it escaped in manifests, and common programs do not read that.
    #[error("a percent sign, which common programs do not read escaped")]
    Percent,
    /// A character that some file system refuses, or a control character.
    #[error("a character that file systems refuse")]
    Character,
    /// A part that Windows reserves, or that ends in a dot or a blank.
    #[error("a name that Windows reserves")]
    Reserved,
    /// A part longer than 255 bytes.
    #[error("a part longer than 255 bytes")]
    Long,
}

/// Checks that a path (with `/`, not escaped) stays in the bag. Names that are merely awkward
/// elsewhere pass: reading a bag of others must not fail on them.
pub(super) fn inside(path: &str) -> Result<(), PathFault> {
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with(['/', '\\', '~']) || drive {
        return Err(PathFault::Absolute);
    }
    // A backslash separates on Windows.
    if path.split(['/', '\\']).any(|part| matches!(part, "" | "." | "..")) {
        return Err(PathFault::Escapes);
    }
    if path.contains('\0') { Err(PathFault::Character) } else { Ok(()) }
}

/// Checks that a path may be written into a bag: it stays inside, every part is a file name on Linux,
/// Windows and macOS, and nothing of it must be escaped in a manifest.
///
/// # Errors
/// The first thing that speaks against it.
pub fn check_path(path: &str) -> Result<(), PathFault> {
    inside(path)?;
    for part in path.split('/') {
        if part.len() > 255 {
            return Err(PathFault::Long);
        }
        if part.contains('%') {
            return Err(PathFault::Percent);
        }
        if part.chars().any(|c| c.is_control() || "<>:\"\\|?*".contains(c)) {
            return Err(PathFault::Character);
        }
        let stem = part.split('.').next().unwrap_or(part).to_ascii_uppercase();
        let numbered = ["COM", "LPT"].iter().any(|device| {
            stem.strip_prefix(device).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']))
        });
        let device = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered;
        if device || part.ends_with(['.', ' ']) {
            return Err(PathFault::Reserved);
        }
    }
    Ok(())
}

/// Writes a path as manifests do: line breaks and percent signs escaped, nothing else.
pub(super) fn escape(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

/// Reads a path of a manifest.
pub(super) fn unescape(text: &str) -> Result<String, PathFault> {
    let mut parts = text.split('%');
    let mut path = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let escaped = part.get(..2).map(str::to_ascii_uppercase);
        path.push(match escaped.as_deref() {
            Some("25") => '%',
            Some("0A") => '\n',
            Some("0D") => '\r',
            _ => return Err(PathFault::Escape),
        });
        path.push_str(part.get(2..).unwrap_or_default());
    }
    Ok(path)
}
