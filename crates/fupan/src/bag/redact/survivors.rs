//! Looks for names in a written bag: in paths, in the bytes of every file, in the words of documents, in what
//! photos and recordings say of themselves.

use super::Redaction;
use crate::{Failure, FailureKind, Message, folder};
use fupan_intake::{check_media, read_exif, read_text};
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

/// Bytes read at a time.
const BLOCK: usize = 1 << 20;

/// Refuses a bag in which a name survives.
///
/// # Errors
/// Every file with a name in it ([`FailureKind::Input`]); a file that cannot be read.
pub(in crate::bag) fn survivors(bag: &Path, redaction: &Redaction) -> Result<(), Failure> {
    let names: Vec<&str> = redaction.names().collect();
    let mut faults = Vec::new();
    for path in folder::list(bag)? {
        let Some(file) = folder::inside(bag, &path) else { continue };
        let found = names.iter().any(|name| path.contains(name));
        let fault = |error| Failure::read(&file, &error);
        if found || holds(&file, &path, &names).map_err(fault)? {
            // The path may hold the name itself: it is shown to who exports, and to nobody else.
            faults.push(Message::new("redact-survives").text("path", path));
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure { kind: FailureKind::Input, messages: faults })
}

fn holds(path: &Path, name: &str, names: &[&str]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let spelt: Vec<Vec<u8>> = names.iter().flat_map(|name| spellings(name)).collect();
    if in_bytes(&mut file, &spelt)? {
        return Ok(true);
    }
    file.seek(SeekFrom::Start(0))?;
    let found = check_media(name, &mut file)?.found;
    let said = |text: &str| {
        // A name is broken over lines and cells, and spaced out in headings.
        let plain: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        names.iter().any(|name| {
            let name: String = name.chars().filter(|letter| !letter.is_whitespace()).collect();
            plain.contains(&name)
        })
    };
    let exif = read_exif(&mut file, found).unwrap_or_default();
    if exif.iter().any(|field| said(&field.value)) {
        return Ok(true);
    }
    // What has no words that can be read was searched by its bytes.
    let Ok(layer) = read_text(&mut file, found) else { return Ok(false) };
    let whole: String = layer.parts.iter().filter_map(|part| part.text.as_deref()).collect();
    Ok(said(&whole))
}

/// A name as files spell it without being packed.
fn spellings(name: &str) -> [Vec<u8>; 3] {
    let wide = |bytes: fn(u16) -> [u8; 2]| name.encode_utf16().flat_map(bytes).collect();
    [name.as_bytes().to_vec(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)]
}

/// Whether any of the spellings stands in a file, however large.
fn in_bytes(file: &mut File, spelt: &[Vec<u8>]) -> io::Result<bool> {
    let longest = spelt.iter().map(Vec::len).max().unwrap_or_default();
    let (mut kept, mut block) = (Vec::new(), vec![0; BLOCK]);
    // Most bytes begin no name: one look at each decides.
    let mut begins = [false; 256];
    for first in spelt.iter().filter_map(|one| one.first()) {
        if let Some(begin) = begins.get_mut(usize::from(*first)) {
            *begin = true;
        }
    }
    loop {
        let count = file.read(&mut block)?;
        if count == 0 {
            return Ok(false);
        }
        kept.extend_from_slice(block.get(..count).unwrap_or_default());
        let may = |byte: u8| begins.get(usize::from(byte)).copied().unwrap_or_default();
        let here = |(at, _): (usize, &u8)| {
            let rest = kept.get(at..).unwrap_or_default();
            spelt.iter().any(|one| !one.is_empty() && rest.starts_with(one))
        };
        if kept.iter().enumerate().filter(|(_, byte)| may(**byte)).any(here) {
            return Ok(true);
        }
        let cut = kept.len().saturating_sub(longest);
        kept.drain(..cut);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_name_is_found_in_any_spelling_and_over_the_edge_of_a_block() {
        let path = std::env::temp_dir().join(format!("fupan-survivors-{}", std::process::id()));
        let name = "赵甲";
        let mut edge = vec![b'x'; BLOCK - 2];
        edge.extend_from_slice(name.as_bytes());
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let spaced = "伤亡：赵 甲\n".as_bytes().to_vec();
        let gb18030 =
            b"\xc9\xcb\xcd\xf6\xa3\xba\xd5\xd4\xbc\xd7\xa3\xac\xcb\xc0\xcd\xf6\n".to_vec();
        for (held, bytes) in [
            (true, edge),
            (true, [b"\xff\xfe".to_vec(), wide].concat()),
            (true, spaced),
            (true, gb18030),
            (false, "伤亡：赵乙\n".as_bytes().to_vec()),
            (false, vec![b'x'; 3 * BLOCK]),
        ] {
            fs::write(&path, &bytes).unwrap();
            assert_eq!(holds(&path, "a.csv", &[name]).unwrap(), held, "{}", bytes.len());
        }
        fs::remove_file(path).unwrap();
    }
}
