//! What a release is made of, as the one who releases hands it over.

use std::io;

use crate::bag::BagInfo;
use crate::key::{Scheme, VerifyKey};
use crate::note::Note;
use crate::proof_file::ProofFile;
use crate::tree::Hash;

/// Release (发布内容): the evidence of a case and all that proves it.
pub struct Release<'a> {
    /// The case: a ULID.
    pub case: String,
    /// The evidence, in any order; it is released in order of id.
    pub evidence: Vec<ReleasedEvidence<'a>>,
    /// Leaves of the log with their proofs: of every statement, of the enrolment of every key that
    /// signed one, and any others.
    pub leaves: Vec<ReleasedLeaf>,
    /// The head of the log with its cosignatures.
    pub checkpoint: Note,
    /// Older heads that proofs or time stamps speak of.
    pub older: Vec<OlderHead>,
    /// Time stamps over heads.
    pub stamps: Vec<ReleasedStamp>,
    /// PEM of certificates that the time stamps may lack; empty: none.
    pub stamp_chain: String,
    /// The log's keys.
    pub log_keys: Vec<VerifyKey>,
    /// Keys of those who signed statements.
    pub people: Vec<VerifyKey>,
    /// Text of the policy that the head satisfies.
    pub policy: String,
    /// The case file, the list to be signed, reports: below `data/`.
    pub papers: Vec<ReleasedPaper>,
    /// Labels for `bag-info.txt`.
    pub info: BagInfo,
}

/// Released paper (发布的文书): a document about the whole case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedPaper {
    /// What it is.
    pub kind: PaperKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Paper kind (文书种类): which of the papers that a bag may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperKind {
    /// The case as `fupan-case/1`.
    Case,
    /// The list of fixed evidence, to be printed and signed (DOCX).
    List,
    /// A volume (分册) of that list, from 1, where it is too long for one.
    ListVolume(u32),
    /// What was withheld, replaced and renamed, and why (JSON).
    Redaction,
    /// A report, by its file name.
    Report(String),
}

/// Released evidence (发布的证据): one original, or, where it is withheld, what proves it. What people
/// signed has statements; what was only taken in has records, and says so for ever.
pub struct ReleasedEvidence<'a> {
    /// Its id in the bag: of what was captured the ULID that its statements name, else a [`SafeName`](super::SafeName).
    pub id: String,
    /// Its number in the case file.
    pub number: String,
    /// Its kind, by its code in the book.
    pub kind: String,
    /// Its medium, as in the statement.
    pub medium: String,
    /// Kind and medium in words, for the list.
    pub category: String,
    /// Name of the file as it was handed in.
    pub name: String,
    /// Format of the file, for the list.
    pub format: String,
    /// Bytes of the file.
    pub size: u64,
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
    /// SM3 of the file.
    pub sm3: [u8; 32],
    /// When it was captured, for the list.
    pub captured: String,
    /// Who collected it, for the list.
    pub collectors: Vec<String>,
    /// Who witnessed, for the list; empty: the list says that nobody did.
    pub witnesses: Vec<String>,
    /// Who held it or handed it over, for the list.
    pub holder: String,
    /// Where it was collected, for the list.
    pub place: String,
    /// How it was collected, for the list.
    pub method: String,
    /// Remarks for the list: why a signature is missing, where the video of the act is.
    pub remarks: String,
    /// The original; `None`: it is withheld or erased.
    pub original: Option<&'a dyn Original>,
    /// Its signed statements.
    pub statements: Vec<ReleasedStatement>,
    /// What was written down of it in the log: who took it in, moved it, handed it over.
    pub records: Vec<ReleasedRecord>,
}

/// Released record (发布的经手记录): the words of an act about a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedRecord {
    /// Index of the leaf that names it as its body.
    pub index: u64,
    /// The body as it was logged.
    pub body: Vec<u8>,
}

/// Original (原件): bytes that can be read again.
pub trait Original {
    /// Opens them at their beginning.
    ///
    /// # Errors
    /// What the place of storage says.
    fn open(&self) -> io::Result<Box<dyn io::Read + '_>>;

    /// What was read out of them, asked for once they are in the bag.
    ///
    /// # Errors
    /// What the place of storage says.
    fn readings(&self) -> io::Result<Vec<ReleasedReading>> {
        Ok(Vec::new())
    }
}

/// Released reading (发布的识读结果): what was read out of an original, as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedReading {
    /// What was read.
    pub kind: ReadingKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reading kind (识读种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingKind {
    /// What a photo or recording says of its own time, place and device.
    Exif,
    /// The text layer of a document.
    Text,
}

/// Released statement (发布的采集声明).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedStatement {
    /// Index of the leaf that names it.
    pub index: u64,
    /// The note as it was logged.
    pub note: Note,
    /// The object that it names as `meta`.
    pub meta: Vec<u8>,
}

/// Released leaf (发布的日志叶).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedLeaf {
    /// The evidence it is about, where it is about one in this release.
    pub evidence: Option<String>,
    /// The bytes that the log hashes.
    pub entry: Vec<u8>,
    /// Its proof, which names its index.
    pub proof: ProofFile,
}

/// Older head (较早的日志头): a tree that the released one grew from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OlderHead {
    /// Its size.
    pub size: u64,
    /// Its root.
    pub root: Hash,
    /// Proof that the released tree begins with it.
    pub path: Vec<Hash>,
}

/// Released stamp (发布的时间戳): over the text of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedStamp {
    /// Size of the tree whose checkpoint is stamped.
    pub size: u64,
    /// The request, in DER.
    pub request: Vec<u8>,
    /// The answer, in DER.
    pub response: Vec<u8>,
}

/// The key as a `SubjectPublicKeyInfo` in DER (RFC 8410, RFC 5480, GM/T 0006).
pub(super) fn spki(key: &VerifyKey) -> Vec<u8> {
    const EDWARDS: [u8; 12] = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];
    const SM2: [u8; 26] = [
        0x30, 0x59, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x81, 0x1c,
        0xcf, 0x55, 1, 0x82, 0x2d, 3, 0x42, 0,
    ];
    let before: &[u8] = match key.scheme() {
        Scheme::Ed25519 | Scheme::Cosignature => &EDWARDS,
        Scheme::Sm2 => &SM2,
        Scheme::EcdsaP256 => &[],
    };
    [before, &key.public()].concat()
}
