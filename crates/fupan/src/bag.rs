//! Use case: a case of a vault released as a bag that proves itself (`docs/bag-format.md`). That it left the
//! vault is in the log before the bag is whole; a bag is whole or not there.

mod durable;
mod gather;
mod head;
mod inside;
mod logged;
mod papers;
mod redact;
mod sink;

pub(crate) use inside::{original_in, read_bag};

use crate::cellar::{self, KeyRing, RingSigner};
use crate::place::{CasePlace, KeptCase, locate};
use crate::{
    Actor, EntryMade, Failure, FailureKind, Message, Step, Watch, book, carry, case, chance,
};
use fupan_ledger::release::{self, Release, WriteError};
use fupan_ledger::{BagInfo, Checkpoint, Note, SignatureLine};
use fupan_standard::Book;
use fupan_vault::{CaseRead, Custody, Deed, Vault};
use gather::{Piece, Stored};
use head::Quorum;
use logged::Logged;
use redact::{Redaction, survivors};
use sink::{FolderSink, left_over};
use std::fs;
use std::path::{Path, PathBuf};

/// Bag request (发布请求).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BagRequest {
    /// A case in a vault.
    pub case: PathBuf,
    /// The bag's folder, absent or empty before.
    pub out: PathBuf,
    /// The policy that the head must satisfy; `None`: the log's own signature.
    pub policy: Option<PathBuf>,
    /// What is withheld, replaced and renamed; `None`: nothing.
    pub redact: Option<PathBuf>,
    /// To whom it goes.
    pub to: Option<String>,
    /// Why.
    pub note: Option<String>,
}

/// Bag made (发布结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BagMade {
    /// Its folder.
    pub bag: PathBuf,
    /// Files in it.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Pieces of evidence.
    pub evidence: usize,
    /// The entry that says so in the log.
    pub entry: EntryMade,
    /// Size of the log whose head was released.
    pub size: u64,
    /// Fingerprint of the log's key.
    pub fingerprint: String,
    /// What must be known besides.
    pub notices: Vec<Message>,
}

/// What an export works with.
pub(crate) struct Export<'a> {
    pub(crate) root: &'a Path,
    pub(crate) vault: &'a Vault,
    pub(crate) read: &'a CaseRead,
    pub(crate) book: &'a Book,
    pub(crate) watch: &'a dyn Watch,
}

/// Releases a case as a bag.
///
/// # Errors
/// No vault; an `out` that holds something; a head without the policy's quorum; an original that is not
/// what it was ([`FailureKind::Integrity`]). `out` is then as it was before.
pub fn export_bag(
    request: &BagRequest,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<BagMade, Failure> {
    watch.step(Step::Read);
    let kept = match locate(&request.case) {
        CasePlace::Kept(kept) => kept,
        CasePlace::File(path) if !path.exists() => return Err(Failure::absent(&path)),
        CasePlace::Folder(path) | CasePlace::File(path) | CasePlace::Bag(path) => {
            let message = Message::new("bag-needs-vault").text("path", path.display());
            return Err(Failure::new(FailureKind::Input, message));
        }
    };
    let author = actor.author()?;
    free(&request.out)?;
    let book = book::shipped()?;
    let vault_keys = cellar::log_keys(&kept.vault, &cellar::reading(&kept.vault))?;
    let quorum = Quorum::read(request.policy.as_deref(), &vault_keys)?;
    let signer = KeyRing::new(actor.keys()?).signer(&vault_keys)?;
    let mut redaction = request.redact.as_deref().map(Redaction::read).transpose()?;
    if let Some(redaction) = &mut redaction {
        redaction.take_in(&request.case, actor, watch)?;
    }
    let vault = cellar::open(&kept.vault, actor.keys()?, Some(quorum.policy.clone()))?;
    let read = cellar::find(&vault, &kept.vault, kept.case.as_deref())?;
    let mut notices = kept_notices(&kept, &read, &book);
    let export = Export { root: &kept.vault, vault: &vault, read: &read, book: &book, watch };
    let mut logged = Logged::read(&export)?;
    // All that can be wrong is found before the log says that something left.
    quorum.head(&vault, &kept.vault, logged.last)?;
    let mut pieces = gather::pieces(&export, &logged)?;
    let (before, bare) = (logged.last, pieces.iter().any(|piece| piece.is_bare(&logged)));
    let entry = note_export(&export, &mut logged, &pieces, request, author)?;
    // Cosigners without an address may not have signed that far; the evidence must be covered.
    let needed = if bare { logged.last } else { before };
    let noted = |mut failure: Failure| {
        failure.messages.push(Message::new("bag-noted").text("index", entry.index));
        failure
    };
    gather::attach(&export, &logged, &mut pieces).map_err(noted)?;
    let redaction = redaction.as_ref();
    redaction.map_or(Ok(()), |one| one.apply(&mut pieces)).map_err(noted)?;
    let released = quorum.head(&vault, &kept.vault, needed).map_err(noted)?;
    let size = Checkpoint::parse(released.text()).map_err(Failure::bug)?.size;
    notices.extend(said_of(request, &entry, size));
    let evidence = pieces.len();
    let originals = gather::originals(watch, &pieces);
    let release = release_of(&export, (&quorum, redaction), (logged, pieces), &originals, released)
        .map_err(noted)?;
    // Of many pieces each copy of what was read is as much as the release.
    drop(read);
    watch.step(Step::Write);
    let written = write((&request.out, redaction), &release, &signer, watch);
    let (files, bytes) = written.map_err(noted)?;
    Ok(BagMade {
        bag: request.out.clone(),
        files,
        bytes,
        evidence,
        entry,
        size,
        fingerprint: release.log_keys.first().map(release::fingerprint).unwrap_or_default(),
        notices,
    })
}

/// What must be known of a bag besides what is in it.
fn said_of(request: &BagRequest, entry: &EntryMade, size: u64) -> Vec<Message> {
    let mut said: Vec<Message> = left_over(&request.out)
        .into_iter()
        .map(|path| Message::new("bag-left-over").text("path", path.display()))
        .collect();
    if request.policy.is_none() {
        said.push(Message::new("bag-log-signed"));
    }
    if size <= entry.index {
        said.push(Message::new("bag-uncovered").text("index", entry.index).text("size", size));
    }
    said
}

/// All that goes into a bag but the bytes of its originals.
fn release_of<'a>(
    export: &Export<'_>,
    (quorum, redaction): (&Quorum, Option<&Redaction>),
    (logged, mut pieces): (Logged, Vec<Piece>),
    originals: &'a [Stored<'_>],
    released: Note,
) -> Result<Release<'a>, Failure> {
    let size = Checkpoint::parse(released.text()).map_err(Failure::bug)?.size;
    let wanted = logged.wanted(&pieces, size);
    let evidence =
        gather::released(&mut pieces, originals, |piece| papers::category(export, piece));
    let papers = papers::of(export, &pieces, &evidence, redaction)?;
    let older = head::older(export, gather::beacons(&pieces), size)?;
    // Each copy of very many pieces counts.
    drop(pieces);
    Ok(Release {
        case: export.read.case.to_string(),
        evidence,
        leaves: logged.leaves(export, &wanted, &released, size)?,
        older,
        stamps: head::stamps(export, size)?,
        stamp_chain: head::stamp_chain(export)?,
        checkpoint: released,
        log_keys: quorum.keys.clone(),
        people: logged.people,
        policy: quorum.text.clone(),
        papers,
        info: labels(export.read, redaction),
    })
}

/// Refuses a folder that holds something.
fn free(out: &Path) -> Result<(), Failure> {
    if out.is_file() || fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) {
        let message = Message::new("export-not-empty").text("path", out.display());
        return Err(Failure::new(FailureKind::Conflict, message));
    }
    Ok(())
}

fn kept_notices(kept: &KeptCase, read: &CaseRead, book: &Book) -> Vec<Message> {
    let same = kept.folder.as_ref().is_none_or(|folder| {
        case::read_folder(folder, book)
            .is_ok_and(|beside| carry::changes(&read.parts, &beside).is_empty())
    });
    let said =
        |folder: &PathBuf| Message::new("vault-folder-beside").text("path", folder.display());
    kept.folder.iter().filter(|_| !same).map(said).collect()
}

fn labels(read: &CaseRead, redaction: Option<&Redaction>) -> BagInfo {
    let mut info = BagInfo::default();
    // A label that cannot hold the id is left out: the id stands in the case file.
    let id = read.file.id.trim();
    let id = redaction.map_or_else(|| id.to_owned(), |redaction| redaction.named(id));
    let _ = info.push("External-Identifier", &id);
    let _ = info.push("Bag-Software-Agent", concat!("fupan ", env!("CARGO_PKG_VERSION")));
    info
}

/// Writes in the log that the case leaves the vault. Evidence of which no act is in the log, because it
/// came by a correction or a run broke off, gets one of its own, so that its digest stands in a leaf.
fn note_export(
    export: &Export<'_>,
    logged: &mut Logged,
    pieces: &[Piece],
    request: &BagRequest,
    author: &str,
) -> Result<EntryMade, Failure> {
    let done = |piece: Option<&Piece>| Custody {
        deed: Deed::Exported,
        evidence: piece.map(|piece| piece.evidence.id.to_string()).unwrap_or_default(),
        object: piece.map(|piece| piece.evidence.sha256.to_string()),
        from: None,
        to: request.to.clone(),
        note: request.note.clone().unwrap_or_default(),
    };
    let bare = pieces.iter().filter(|piece| piece.is_bare(logged));
    let bare: Vec<Custody> = bare.map(|piece| done(Some(piece))).collect();
    let (root, vault, case) = (export.root, export.vault, export.read.case);
    carry::custody_of_many(root, vault, case, author, &bare)?;
    let entry = carry::custody(root, vault, case, author, &done(None))?;
    *logged = Logged::read(export)?;
    Ok(entry)
}

/// Writes the bag beside its place, and moves it there when it is whole and durable.
fn write(
    (out, redaction): (&Path, Option<&Redaction>),
    release: &Release<'_>,
    signer: &RingSigner,
    watch: &dyn Watch,
) -> Result<(u64, u64), Failure> {
    watch.writing(true);
    let mut sink = FolderSink::beside(out, &chance::random::<4>()?, watch)?;
    let sign = |text: &str| {
        let lines = signer.sign_text(text)?.into_iter();
        let known = |line: &SignatureLine| {
            release.log_keys.iter().any(|key| key.name() == line.name && key.id() == line.id)
        };
        Ok(lines.filter(known).collect())
    };
    let written = release::write(release, &mut sink, &sign);
    let done = written
        .map_err(|error| Failure::stopped_or(watch, || refused(out, error)))
        .and_then(|()| redaction.map_or(Ok(()), |one| survivors(sink.folder(), one)))
        .and_then(|()| sink.publish(out));
    watch.writing(false);
    done
}

fn refused(out: &Path, error: WriteError) -> Failure {
    match error {
        WriteError::Sink { path, source } => Failure::write(&out.join(path), &source),
        WriteError::Original { evidence, source } => {
            let message = Message::new("bag-original").text("id", evidence);
            Failure::new(FailureKind::Io, message.text("detail", source))
        }
        WriteError::Changed(evidence) => {
            let message = Message::new("bag-changed").text("id", evidence);
            Failure::new(FailureKind::Integrity, message)
        }
        WriteError::Path { path, fault } => {
            let message = Message::new("bag-path").text("path", path).text("detail", fault);
            Failure::new(FailureKind::Input, message)
        }
        other => Failure::bug(other),
    }
}
