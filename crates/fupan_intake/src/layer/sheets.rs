//! The text of a workbook: each row of each sheet, its cells between tabs, as they are shown.

use super::budget::Budget;
use super::parts::Parts;
use super::{LayerError, TextLayer};
use crate::table::workbook_rows;
use fupan_model::Locator;

/// Reads the rows.
///
/// # Errors
/// [`LayerError`].
pub(super) fn read(bytes: Vec<u8>, budget: &mut Budget) -> Result<TextLayer, LayerError> {
    let mut parts = Parts::open(bytes)?;
    // The reader of workbooks keeps what it unpacks, so all of it is measured first.
    parts.measure(budget)?;
    let mut layer = TextLayer::default();
    let broken = |problem: crate::Problem| LayerError::Broken(problem.to_string());
    for sheet in workbook_rows(parts.into_bytes()).map_err(broken)? {
        let (sheet, rows) = sheet.map_err(broken)?;
        for (row, text) in rows {
            budget.page()?;
            budget.text(text.len())?;
            layer.push(Locator::SheetRow { sheet: sheet.clone(), row }, text);
        }
    }
    Ok(layer)
}
