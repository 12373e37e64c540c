//! The type case (字库): the committed fonts, as bytes and nothing else.
//!
//! `fonts/SHA256SUMS` names the files, `fonts/OFL.txt` is the licence they come under (SIL Open
//! Font License 1.1; Noto Sans SC, Copyright Adobe). Text of figures is measured and drawn with
//! these bytes only, so that a picture never depends on what a machine has installed.

/// Noto Sans SC Regular (思源黑体 常规), a static TrueType face of some 30,890 code points.
pub const SANS: &[u8] = include_bytes!("../fonts/NotoSansSC-Regular.ttf");

/// Family name under which [`SANS`] is asked for.
pub const SANS_FAMILY: &str = "Noto Sans SC";

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    #[test]
    fn the_bytes_are_those_of_the_list() {
        let listed = include_str!("../fonts/SHA256SUMS");
        for (name, bytes) in [
            ("NotoSansSC-Regular.ttf", super::SANS),
            ("OFL.txt", include_bytes!("../fonts/OFL.txt").as_slice()),
        ] {
            let sum: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
            assert!(listed.contains(&format!("{sum}  {name}")), "{name} is {sum}");
        }
    }
}
