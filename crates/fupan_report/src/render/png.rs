//! The figure as PNG, for files that cannot hold SVG.

use super::error::PenError;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::sync::Arc;

/// Pixels of the PNG per pixel of the SVG.
const SCALE: u32 = 2;

/// A picture as PNG at twice its size (位图), drawn with the committed font and no other.
///
/// # Errors
/// [`PenError::Picture`] if `svg` is no SVG, [`PenError::Canvas`] if it has no area,
/// [`PenError::Png`] if it cannot be packed.
pub fn png(svg: &str) -> Result<Vec<u8>, PenError> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(fupan_fonts::SANS)));
    // usvg takes the serif family for any that is not there.
    fonts.set_serif_family(fupan_fonts::SANS_FAMILY);
    fonts.set_sans_serif_family(fupan_fonts::SANS_FAMILY);
    let options = Options {
        font_family: fupan_fonts::SANS_FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    };
    drawn(svg, &options, SCALE)
}

/// A drawing without words as PNG, at four times its size.
///
/// # Errors
/// As [`png`].
pub(super) fn wordless(svg: &str) -> Result<Vec<u8>, PenError> {
    drawn(svg, &Options::default(), 2 * SCALE)
}

fn drawn(svg: &str, options: &Options<'_>, scale: u32) -> Result<Vec<u8>, PenError> {
    let tree = Tree::from_str(svg, options).map_err(|e| PenError::Picture(e.to_string()))?;
    let size = tree.size().to_int_size();
    let (width, height) = (size.width() * scale, size.height() * scale);
    let mut canvas = Pixmap::new(width, height).ok_or(PenError::Canvas { width, height })?;
    let by = Transform::from_scale(scale as f32, scale as f32);
    resvg::render(&tree, by, &mut canvas.as_mut());
    canvas.encode_png().map_err(|e| PenError::Png(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = &[0x89, b'P', b'N', b'G'];

    #[test]
    fn words_are_drawn_with_the_committed_font() {
        let of = |text: &str| {
            let font = "font-family=\"Nowhere Sans\" font-size=\"20\"";
            png(&format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"30\">\
                 <text y=\"20\" {font}>{text}</text></svg>"
            ))
            .expect("drawn")
        };
        assert!(of("爆炸").starts_with(PNG));
        assert_ne!(of("爆炸"), of(""));
        assert_ne!(of("爆炸"), of("报告"));
        assert_eq!(of("爆炸"), of("爆炸"));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert!(matches!(png("no picture"), Err(PenError::Picture(_))));
    }
}
