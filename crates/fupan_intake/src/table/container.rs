//! Logs inside archives: gzip, and zip with one member or several that are one log. What would grow
//! beyond all measure is refused, before it fills a disk or the memory.

use super::{Log, fill};
use crate::error::Problem;
use crate::mapping::Mapping;
use flate2::Crc;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use std::io::{self, Cursor, Read};
use std::rc::Rc;

/// What a packed log may grow to without any question, in bytes.
pub const FREE_BYTES: u64 = 64 << 20;
/// Beyond [`FREE_BYTES`], how many times its packed size a log may be. Logs that repeat themselves
/// pack a hundred times smaller; deflate can at most a thousand.
pub const MOST_RATIO: u64 = 500;
/// What any packed log may grow to, in bytes.
pub const MOST_BYTES: u64 = 1 << 40;
/// What the parts of a workbook or document may grow to together: they are held in memory.
pub const MOST_OFFICE_BYTES: u64 = 2 << 30;
/// How many members an archive may hold.
pub const MOST_MEMBERS: usize = 10_000;

/// The mark of Office files: what else is a zip is an archive.
const OFFICE: &str = "[Content_Types].xml";

/// A log by itself, or in an archive (日志成员).
pub struct Member<'l> {
    /// Its name in the archive; `None`: the file itself.
    pub name: Option<String>,
    place: Place<'l>,
}

enum Place<'l> {
    Plain(&'l dyn Log),
    Gzip(&'l dyn Log),
    Zip(Rc<[u8]>, Entry),
}

/// A member of a zip.
#[derive(Clone, Copy)]
struct Entry {
    start: usize,
    packed: usize,
    size: u64,
    crc: u32,
    deflated: bool,
}

impl Log for Member<'_> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match &self.place {
            Place::Plain(log) => log.open()?,
            Place::Gzip(log) => {
                let packed = Counted { reader: log.open()?, count: 0 };
                Box::new(Gunzip { decoder: MultiGzDecoder::new(packed), out: 0 })
            }
            Place::Zip(bytes, entry) => {
                let end = entry.start.saturating_add(entry.packed);
                let packed = bytes.get(entry.start..end).unwrap_or_default();
                let reader: Box<dyn Read> = if entry.deflated {
                    Box::new(DeflateDecoder::new(packed))
                } else {
                    Box::new(packed)
                };
                Box::new(Unzip { reader, entry: *entry, out: 0, crc: Crc::new() })
            }
        })
    }
}

/// The logs in a file: itself, or the members of an archive that the mapping asks for, in its order
/// or else in the archive's.
///
/// # Errors
/// [`Problem`]: a member that is not there, a packing that is not read, an archive that would grow
/// beyond the limits.
pub fn unpack<'l>(log: &'l dyn Log, mapping: &Mapping) -> Result<Vec<Member<'l>>, Problem> {
    let plain = |place| vec![Member { name: None, place }];
    let mut head = [0_u8; 4];
    let size = fill(&mut *log.open().map_err(problem_of)?, &mut head).map_err(problem_of)?;
    let head = head.get(..size).unwrap_or_default();
    if head.starts_with(b"\x1f\x8b") {
        return Ok(plain(Place::Gzip(log)));
    }
    if !head.starts_with(b"PK\x03\x04") {
        return if mapping.layout.files.is_empty() {
            Ok(plain(Place::Plain(log)))
        } else {
            Err(Problem::OtherFormat("zip"))
        };
    }
    let mut bytes = Vec::new();
    log.open().map_err(problem_of)?.read_to_end(&mut bytes).map_err(problem_of)?;
    let bytes: Rc<[u8]> = bytes.into();
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(&*bytes)) else {
        return Ok(plain(Place::Plain(log)));
    };
    let entries = entries(archive)?;
    if entries.iter().any(|(name, _)| name == OFFICE) {
        office(&bytes, &entries)?;
        return Ok(plain(Place::Plain(log)));
    }
    let member = |(name, entry): &(String, Entry)| Member {
        name: Some(name.clone()),
        place: Place::Zip(Rc::clone(&bytes), *entry),
    };
    let mut out = Vec::new();
    for wanted in &mapping.layout.files {
        let found = entries.iter().find(|(name, _)| name == wanted);
        let names = || entries.iter().take(50).map(|(name, _)| name.clone()).collect();
        out.push(member(found.ok_or_else(|| Problem::NoMember(wanted.clone(), names()))?));
    }
    if mapping.layout.files.is_empty() {
        out.extend(entries.iter().map(member));
    }
    if out.is_empty() { Err(Problem::EmptyFile) } else { Ok(out) }
}

/// What systems put into archives beside the files.
fn is_log(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    let left = ["Thumbs.db", "desktop.ini"].contains(&last) || last.starts_with("~$");
    !last.is_empty() && !last.starts_with('.') && !left && !name.starts_with("__MACOSX/")
}

fn entries(mut archive: zip::ZipArchive<Cursor<&[u8]>>) -> Result<Vec<(String, Entry)>, Problem> {
    let broken = |error: zip::result::ZipError| Problem::NotTable(error.to_string());
    if archive.len() > MOST_MEMBERS {
        return Err(Problem::Bomb { limit: MOST_MEMBERS as u64, what: "members" });
    }
    let mut out: Vec<(String, Entry)> = Vec::new();
    for at in 0..archive.len() {
        let file = archive.by_index_raw(at).map_err(broken)?;
        let raw = file.name_raw();
        let name = match std::str::from_utf8(raw) {
            Ok(name) => name.to_owned(),
            // Archives packed on a Chinese Windows name their members in GBK.
            Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
        };
        if file.is_dir() || !is_log(&name) {
            continue;
        }
        let deflated = match file.compression() {
            zip::CompressionMethod::Stored => false,
            zip::CompressionMethod::Deflated => true,
            _ => return Err(Problem::Packing(name)),
        };
        if file.encrypted() {
            return Err(Problem::Packing(name));
        }
        let packed = file.compressed_size();
        grown(file.size(), packed)?;
        let start = file.data_start();
        let place =
            start.and_then(|start| usize::try_from(start).ok()).zip(usize::try_from(packed).ok());
        let Some((start, packed)) = place else { return Err(Problem::Packing(name)) };
        if out.iter().any(|(known, _)| *known == name) {
            return Err(Problem::Duplicate("file"));
        }
        out.push((name, Entry { start, packed, size: file.size(), crc: file.crc32(), deflated }));
    }
    Ok(out)
}

/// The parts of a workbook or document are as large as they say, and not too large together.
fn office(bytes: &Rc<[u8]>, entries: &[(String, Entry)]) -> Result<(), Problem> {
    let total = entries.iter().fold(0_u64, |sum, (_, entry)| sum.saturating_add(entry.size));
    if total > MOST_OFFICE_BYTES {
        return Err(Problem::Bomb { limit: MOST_OFFICE_BYTES, what: "bytes" });
    }
    let packed = bytes.len() as u64;
    grown(total, packed)?;
    let mut scratch = vec![0_u8; 1 << 16];
    for (_, entry) in entries.iter().filter(|(_, entry)| entry.deflated) {
        let end = entry.start.saturating_add(entry.packed);
        let mut part = DeflateDecoder::new(bytes.get(entry.start..end).unwrap_or_default());
        let mut out = 0_u64;
        // A broken part is the reader's to name; here only its size counts.
        while let Ok(size @ 1..) = part.read(&mut scratch) {
            out += size as u64;
            if out > entry.size && out > FREE_BYTES {
                return Err(Problem::Bomb { limit: FREE_BYTES, what: "bytes" });
            }
        }
    }
    Ok(())
}

/// Whether so many packed bytes may have become so many.
fn grown(out: u64, packed: u64) -> Result<(), Problem> {
    if out > MOST_BYTES {
        return Err(Problem::Bomb { limit: MOST_BYTES, what: "bytes" });
    }
    if out > FREE_BYTES && out / MOST_RATIO > packed {
        return Err(Problem::Bomb { limit: MOST_RATIO, what: "ratio" });
    }
    Ok(())
}

/// A problem on its way through `io::Error`.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Carried(Problem);

/// What an error of reading means: a limit or a broken archive, or what the system says.
#[allow(clippy::needless_pass_by_value, reason = "it is handed to map_err by name")]
pub(crate) fn problem_of(error: io::Error) -> Problem {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Carried>()) {
        Some(Carried(problem)) => problem.clone(),
        None => Problem::FileUnreadable(error.to_string()),
    }
}

fn carried(problem: Problem) -> io::Error {
    io::Error::other(Carried(problem))
}

/// What the unpacker says of broken bytes.
fn broken(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            carried(Problem::NotTable(error.to_string()))
        }
        _ => error,
    }
}

struct Counted<R> {
    reader: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.reader.read(buffer)?;
        self.count += size as u64;
        Ok(size)
    }
}

struct Gunzip<R: Read> {
    decoder: MultiGzDecoder<Counted<R>>,
    out: u64,
}

impl<R: Read> Read for Gunzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.decoder.read(buffer).map_err(broken)?;
        self.out += size as u64;
        grown(self.out, self.decoder.get_ref().count).map_err(carried)?;
        Ok(size)
    }
}

/// A member of a zip, checked against its stated size and sum.
struct Unzip<'b> {
    reader: Box<dyn Read + 'b>,
    entry: Entry,
    out: u64,
    crc: Crc,
}

impl Read for Unzip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.reader.read(buffer).map_err(broken)?;
        self.out += size as u64;
        grown(self.out, self.entry.packed as u64).map_err(carried)?;
        self.crc.update(buffer.get(..size).unwrap_or_default());
        let over = size == 0 && !buffer.is_empty();
        if over && (self.out != self.entry.size || self.crc.sum() != self.entry.crc) {
            return Err(carried(Problem::NotTable(String::from("crc32"))));
        }
        Ok(size)
    }
}
