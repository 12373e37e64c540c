//! Writes the made-up report in every form into a folder, for a person to look at:
//! `cargo run -p fupan_report --example look -- DIR`.

#[path = "../tests/sample/mod.rs"]
#[allow(dead_code, clippy::expect_used, clippy::indexing_slicing, reason = "shared with the tests")]
mod sample;

use fupan_report::render;
use std::{error::Error, fs, path::PathBuf, time::Instant};

#[allow(clippy::print_stdout, reason = "the answer of this example")]
fn main() -> Result<(), Box<dyn Error>> {
    let dir = PathBuf::from(std::env::args().nth(1).ok_or("usage: look DIR")?);
    fs::create_dir_all(&dir)?;
    for lang in ["zh", "en"] {
        let report = sample::report(lang);
        let start = Instant::now();
        let html = render::html(&report);
        let after_html = Instant::now();
        let docx = render::docx(&report)?;
        let (a, b) = (after_html - start, after_html.elapsed());
        println!("{lang}: html {} bytes {a:?}; docx {} bytes {b:?}", html.len(), docx.len());
        fs::write(dir.join(format!("report.{lang}.html")), html)?;
        fs::write(dir.join(format!("report.{lang}.docx")), docx)?;
        for (n, picture) in render::svg(&sample::timeline(lang, 38), lang).iter().enumerate() {
            let start = Instant::now();
            let png = render::png(picture)?;
            println!("  picture {}: {} bytes {:?}", n + 1, png.len(), start.elapsed());
            fs::write(dir.join(format!("figure.{lang}.{}.svg", n + 1)), picture)?;
            fs::write(dir.join(format!("figure.{lang}.{}.png", n + 1)), png)?;
        }
    }
    Ok(())
}
