//! Use case: the list of what is still needed of each party, drafted from what the check points and
//! indicators lack.

use crate::output::{Output, replace_all};
use crate::{Failure, Step, Watch, assess, book, case};
use fupan_report::{compose_request_list, render};
use std::path::{Path, PathBuf};

/// Drafts the request list of the case at `path`: `requests.<lang>.docx` in `out`, for each language
/// of the case or of `languages`.
///
/// # Errors
/// As [`crate::assess`](fn@crate::assess).
pub fn draft_requests(
    path: &Path,
    out: &Path,
    languages: Option<&str>,
    watch: &dyn Watch,
) -> Result<Vec<PathBuf>, Failure> {
    watch.step(Step::Read);
    let book = book::shipped()?;
    let case = case::read(path, &book)?;
    let languages = assess::languages_of(&case, languages)?;
    watch.step(Step::Judge);
    let assessment = assess::judged(path, &case, &book)?;
    watch.step(Step::Render);
    let mut outputs = Vec::new();
    for lang in languages {
        let document =
            compose_request_list(&assessment, &book, lang.code()).map_err(Failure::bug)?;
        let bytes = render::docx(&document).map_err(Failure::bug)?;
        outputs.push(Output::new(format!("requests.{}.docx", lang.code()), bytes));
    }
    watch.step(Step::Write);
    replace_all(out, &outputs, watch)
}
