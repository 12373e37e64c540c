//! Use case: a run of a stream out of the vault, as one file: the chunks of the log as they stand, one after
//! another. Whoever takes the file in as evidence, or has it signed by a second organisation, has with one
//! digest all of them, and each is found again in the log by its own.

use super::past::numbers;
use crate::attest::measure;
use crate::cellar::Register;
use crate::output::join;
use crate::place::{CasePlace, locate, no_vault};
use crate::vault::offset_s;
use crate::{Actor, EntryMade, Failure, FailureKind, Message, Step, Watch, carry, cellar};
use fupan_ledger::{Chunk, Leaf, LeafField, LeafKind, Ulid, VerifyKey};
use fupan_model::{Digest, Moment};
use fupan_vault::{Custody, Deed, Digests, Objects, Vault, hex_of};
use std::path::{Path, PathBuf};

/// Run words (连续段说明): which readings are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunWords {
    /// Number of the stream, a ULID.
    pub stream: String,
    /// The first number that is wanted; `None`: from the beginning.
    pub from: Option<u64>,
    /// The last; `None`: to the end.
    pub to: Option<u64>,
}

/// Run taken (取出的连续段).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunTaken {
    /// The file.
    pub file: PathBuf,
    /// Chunks in it.
    pub chunks: u64,
    /// Readings in them, each counted once.
    pub readings: u64,
    /// The first number.
    pub first: u64,
    /// The last.
    pub last: u64,
    /// Times of the first and the last reading by the device's clock.
    pub span: (Moment, Moment),
    /// Gaps and silences that the log holds between the first chunk and the last.
    pub holes: u64,
    /// SHA-256 of the file.
    pub sha256: String,
    /// SM3 of the file.
    pub sm3: String,
    /// The entry that says so in the log.
    pub entry: EntryMade,
}

/// Writes the chunks of a stream that hold the wanted numbers to `out`. That they left the vault is in the log
/// before they do.
///
/// # Errors
/// No vault; an `out` that is there ([`FailureKind::Conflict`]); no such stream or numbers
/// ([`FailureKind::Missing`]); a chunk that is gone, or not what the log says
/// ([`FailureKind::Integrity`]); `out` cannot be written.
pub fn take_run(
    case: &Path,
    words: &RunWords,
    out: &Path,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<RunTaken, Failure> {
    let CasePlace::Kept(kept) = locate(case) else { return Err(no_vault(case)) };
    let author = actor.author()?;
    let stream = words.stream.parse::<Ulid>().map_err(|_| {
        let message = Message::new("stream-id").text("found", &words.stream);
        Failure::new(FailureKind::Input, message)
    })?;
    if let (Some(from), Some(to)) = (words.from, words.to)
        && from > to
    {
        let message = Message::new("stream-span").text("from", from).text("to", to);
        return Err(Failure::new(FailureKind::Input, message));
    }
    // Before the log says that something left.
    if out.exists() {
        let message = Message::new("stream-out-there").text("path", out.display());
        return Err(Failure::new(FailureKind::Conflict, message));
    }
    watch.step(Step::Read);
    let root = &kept.vault;
    let vault = cellar::open(root, actor.keys()?, None)?;
    let read = cellar::find(&vault, root, kept.case.as_deref())?;
    let wanted = Wanted { root, vault: &vault, ids: (read.case, stream) };
    let parts = wanted.parts(words)?;
    let register = Register::load(&vault, root)?;
    for part in &parts {
        if watch.stopped() {
            return Err(Failure::interrupted());
        }
        wanted.check(part, &register)?;
    }
    let (Some(head), Some(tail)) = (parts.first(), parts.last()) else {
        return Err(Failure::bug("an empty run"));
    };
    let holes = wanted.holes((head.index, tail.index))?;
    let (first, last) = span(&parts);
    let noted = Custody {
        deed: Deed::Exported,
        evidence: String::new(),
        object: None,
        from: None,
        to: None,
        note: format!("stream {stream} {first}-{last}"),
    };
    let entry = carry::custody(root, &vault, read.case, author, &noted)?;
    let objects = parts.iter().map(|part| {
        let place = root.join(Objects::place(&part.object));
        (place, Digest::new(hex_of(&part.object)))
    });
    let objects: Vec<(PathBuf, Digest)> = objects.collect();
    watch.step(Step::Write);
    join(out, &objects, watch)?;
    let digests = measure(out, watch)?.digests;
    let offset_s = offset_s(&read.file.accident);
    let time = |leaf: &Leaf, field| Moment::new(leaf.get_number(field).unwrap_or(0), offset_s);
    Ok(RunTaken {
        file: out.to_owned(),
        chunks: parts.len() as u64,
        readings: parts
            .iter()
            .filter_map(|part| numbers(&part.leaf))
            .map(|n| n.end - n.start)
            .sum(),
        first,
        last,
        span: (time(&head.leaf, LeafField::First), time(&tail.leaf, LeafField::Last)),
        holes,
        sha256: hex_of(&digests.sha256),
        sm3: hex_of(&digests.sm3),
        entry,
    })
}

/// The first and the last number of a run.
fn span(parts: &[Part]) -> (u64, u64) {
    let all = || parts.iter().filter_map(|part| numbers(&part.leaf)).filter(|n| !n.is_empty());
    let first = all().map(|numbers| numbers.start).min().unwrap_or(0);
    (first, all().map(|numbers| numbers.end).max().unwrap_or(1).saturating_sub(1))
}

/// A chunk of the log.
struct Part {
    index: u64,
    leaf: Leaf,
    object: [u8; 32],
    /// Object of the stream's chunk before.
    prev: Option<[u8; 32]>,
}

/// Where is looked.
struct Wanted<'a> {
    root: &'a Path,
    vault: &'a Vault,
    ids: (Ulid, Ulid),
}

impl Wanted<'_> {
    fn is_ours(&self, leaf: &Leaf) -> bool {
        leaf.get_ulid(LeafField::Case) == Some(self.ids.0)
            && leaf.get_ulid(LeafField::Stream) == Some(self.ids.1)
    }

    /// The chunks from the first that holds a wanted number to the last; what only repeats and stands between
    /// goes along.
    fn parts(&self, words: &RunWords) -> Result<Vec<Part>, Failure> {
        let leaves = self.vault.leaves(&[LeafKind::Chunk]);
        let leaves = leaves.map_err(|error| cellar::failure(self.root, &error))?;
        let mut prev = None;
        let mut all = Vec::new();
        for (index, leaf) in leaves.into_iter().filter(|(_, leaf)| self.is_ours(leaf)) {
            let object = leaf.get_digest(LeafField::Obj).unwrap_or_default();
            all.push(Part { index, leaf, object, prev });
            prev = Some(object);
        }
        let wanted = words.from.unwrap_or(0)..=words.to.unwrap_or(u64::MAX);
        let holds = |part: &Part| {
            let numbers = numbers(&part.leaf).unwrap_or_default();
            !numbers.is_empty() && numbers.start <= *wanted.end() && numbers.end > *wanted.start()
        };
        let (first, last) = (all.iter().position(holds), all.iter().rposition(holds));
        let (Some(first), Some(last)) = (first, last) else {
            let message = Message::new("stream-no-run").text("stream", self.ids.1);
            let message = message.text("chunks", all.len());
            return Err(Failure::new(FailureKind::Missing, message));
        };
        all.truncate(last + 1);
        Ok(all.split_off(first))
    }

    /// A chunk is what its leaf says, follows the one before, and its gateway signed it.
    fn check(&self, part: &Part, register: &Register) -> Result<(), Failure> {
        let place = || Objects::place(&part.object);
        let bytes = self.vault.objects().read(&part.object);
        let bytes = bytes.map_err(|error| cellar::failure(self.root, &error.into()))?;
        let sealed = Chunk::open(&bytes).ok().filter(|one| one.bytes.len() == bytes.len());
        let sealed = sealed.ok_or_else(|| self.broken(place()))?;
        let chunk = &sealed.chunk;
        let stated = numbers(&part.leaf) == Some(chunk.seq..chunk.seq.saturating_add(chunk.count));
        let same = (chunk.case, chunk.stream) == self.ids && chunk.prev == part.prev && stated;
        let key = part.leaf.get_digest(LeafField::Key);
        let named = |one: &VerifyKey| Some(Digests::of(one.to_string().as_bytes()).sha256) == key;
        let enrolled = register.roll.enrolments().iter().map(|one| &one.add.key);
        let gateway = enrolled.into_iter().find(|key| named(key)).cloned();
        let signed = gateway.is_some_and(|gateway| sealed.note.verify(&[gateway]).is_ok());
        if same && signed { Ok(()) } else { Err(self.broken(place())) }
    }

    /// Gaps and silences between two entries.
    fn holes(&self, (first, last): (u64, u64)) -> Result<u64, Failure> {
        let leaves = self.vault.leaves_from(&[LeafKind::Gap, LeafKind::Silence], first);
        let leaves = leaves.map_err(|error| cellar::failure(self.root, &error))?;
        let between = leaves.iter().filter(|(at, leaf)| *at < last && self.is_ours(leaf));
        Ok(between.count() as u64)
    }

    fn broken(&self, place: String) -> Failure {
        let message = Message::new("stream-broken").text("path", self.root.display());
        Failure::new(FailureKind::Integrity, message.text("place", place))
    }
}
