//! The text of a plain file, line by line, in any encoding that intake reads.

use super::budget::Budget;
use super::{LayerError, TextLayer};
use crate::error::Problem;
use crate::table::{find_charset, text_lines};
use fupan_model::Locator;

/// Reads the lines.
///
/// # Errors
/// [`LayerError`].
#[expect(clippy::needless_pass_by_value, reason = "one of several readers that take the bytes")]
pub(super) fn read(bytes: Vec<u8>, budget: &mut Budget) -> Result<TextLayer, LayerError> {
    let charset = find_charset(&mut bytes.as_slice()).map_err(|problem| match problem {
        Problem::UnknownEncoding(_) => LayerError::Encoding,
        other => LayerError::Unreadable(other.to_string()),
    })?;
    let mut layer = TextLayer::default();
    let said = |error: std::io::Error| LayerError::Unreadable(error.to_string());
    for line in text_lines(&bytes, charset).map_err(said)? {
        let (number, text) = line.map_err(said)?;
        budget.step()?;
        if !text.trim().is_empty() {
            budget.page()?;
            budget.text(text.len())?;
            layer.push(Locator::Row(number), text);
        }
    }
    Ok(layer)
}
