//! From a document to bytes (排版): [`html`], [`docx`], and the figure as [`svg`] and [`png`].
//!
//! What the renderers add by themselves (numbers of chapters, signs of tones, words of a locator,
//! the key of the figure) stands in `words/{zh,en}.toml`; sizes and font names of the DOCX stand
//! in `words/type.toml`. A language that is not there is rendered with the words of `zh`.

mod cites;
mod docx;
mod error;
mod escape;
mod html;
mod number;
mod png;
mod svg;
mod words;
mod wrap;

pub use cites::place;
pub use docx::docx;
pub use error::PenError;
pub use html::html;
pub use png::png;
pub use svg::svg;

#[cfg(test)]
#[path = "../tests/sample/mod.rs"]
#[allow(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "shared with the example"
)]
mod sample;
