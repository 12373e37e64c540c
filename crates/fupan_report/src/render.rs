//! From a document to bytes (排版): [`html`], [`docx`], the figure as [`svg`] and [`png`]; and from
//! an assessment to the workbook of its annex: [`xlsx`].
//!
//! What the renderers add by themselves (numbers of chapters, signs of tones, words of a locator,
//! the key of the figure) stands in `words/{zh,en}.toml`; sizes and font names of the DOCX stand
//! in `words/type.toml`. A language that is not there is rendered with the words of `zh`.

mod cites;
mod docx;
mod error;
mod escape;
mod gauge;
mod html;
mod number;
mod png;
mod svg;
mod words;
mod wrap;
mod xlsx;

pub use cites::place;
pub use docx::docx;
pub use error::PenError;
pub use html::html;
pub use png::png;
pub use svg::svg;
pub use xlsx::xlsx;

#[cfg(test)]
#[path = "../tests/sample/mod.rs"]
#[allow(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "shared with the example"
)]
mod sample;
