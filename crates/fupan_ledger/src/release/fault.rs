//! What can be wrong with a bag. All faults are collected, each with its place.

use std::io;

use thiserror::Error;

use crate::bag::PathFault;
use crate::malformed::Malformed;
use crate::note::NoteError;
use crate::policy::Refusal;
use crate::proof_file::ProofFileError;
use crate::stamp::StampError;
use crate::tree::ProofError;

/// Finding (查验所见): a fault and where it is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{place}: {fault}")]
pub struct Finding {
    /// Path in the bag; the bag itself is empty.
    pub place: String,
    /// What is wrong there.
    pub fault: BagFault,
}

/// Bag fault (包缺陷): why a bag is not believed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BagFault {
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(io::ErrorKind),
    /// It is longer than any file of its kind.
    #[error("longer than any file of its kind")]
    Long,
    /// A link, which may lead anywhere.
    #[error("a symbolic link")]
    Link,
    /// Neither file nor folder.
    #[error("neither file nor folder")]
    Special,
    /// Its name is no UTF-8.
    #[error("a name that is no UTF-8")]
    Unnamed,
    /// Its path is none that a bag of ours has.
    #[error("a path that is refused: {0}")]
    Path(PathFault),
    /// A name that some disk would change or refuse.
    #[error("a name that some disk would change or refuse")]
    Name,
    /// Two paths that are one on some systems.
    #[error("the same path as {0} on some systems")]
    Collision(String),
    /// A file of a place that bags have not.
    #[error("a file that bags have not")]
    Stranger,
    /// It must be there.
    #[error("missing")]
    Absent,
    /// It is not in its format.
    #[error(transparent)]
    Malformed(Malformed),
    /// A manifest names it and it is not there.
    #[error("named by {0} and not there")]
    Missing(&'static str),
    /// It is there and a manifest does not name it.
    #[error("not named by {0}")]
    Extra(&'static str),
    /// Its bytes are not those of a manifest.
    #[error("its bytes are not those that {0} names")]
    Changed(&'static str),
    /// `Payload-Oxum` says another number of bytes or files.
    #[error("Payload-Oxum says another number of bytes or files")]
    Oxum,
    /// A signature does not verify, or none is of a known key.
    #[error(transparent)]
    Signature(NoteError),
    /// A signature of a key that is not known.
    #[error("signed by {0}, which is not known")]
    UnknownSigner(String),
    /// The seal says otherwise of this.
    #[error("the seal says otherwise of its {0}")]
    Seal(&'static str),
    /// The policy does not accept the head.
    #[error(transparent)]
    Refused(Refusal),
    /// The key from outside did not sign the head.
    #[error("the log key from outside did not sign it")]
    NotLogKey,
    /// A key of the log that is not the one from outside.
    #[error("not the log key from outside")]
    ForeignKey,
    /// The leaf's proof does not hold.
    #[error(transparent)]
    Proof(ProofFileError),
    /// The proof names another index than its file.
    #[error("it is about another leaf")]
    Index,
    /// A proof leads to another head, and nothing ties that to the released one.
    #[error("it leads to another head of the log, which nothing ties to this one")]
    OtherHead,
    /// An older head is not a beginning of the released one.
    #[error(transparent)]
    Consistency(ProofError),
    /// No leaf.
    #[error("not in the form of a leaf")]
    Entry,
    /// Leaf and statement disagree.
    #[error("the leaf says otherwise of `{0}`")]
    Leaf(&'static str),
    /// Statement and file, or statement and place, disagree.
    #[error("the statement says otherwise of `{0}`")]
    Statement(&'static str),
    /// Fewer signatures than the leaf names.
    #[error("a signature that the leaf names is missing")]
    FewSignatures,
    /// No leaf enrols the key that signed.
    #[error("the log does not hold the enrolment of {0}")]
    NotEnrolled(String),
    /// The key was enrolled after it signed.
    #[error("{0} was enrolled after it signed")]
    EnrolledLater(String),
    /// The key was revoked before it signed.
    #[error("{0} was revoked before it signed")]
    Revoked(String),
    /// No statement and no leaf explains a file.
    #[error("no statement in the log is about it")]
    Unexplained,
    /// A part of a run that is no whole chunk, or one that no leaf names.
    #[error("a part of it is no chunk that a leaf names")]
    Chunk,
    /// A line of the list says otherwise.
    #[error("line {0} says otherwise than the statements")]
    List(usize),
    /// Evidence that the list does not name.
    #[error("the list does not name it")]
    NotListed,
    /// A time stamp does not hold.
    #[error(transparent)]
    Stamp(StampError),
    /// No head of the stated size is in the bag.
    #[error("no head of this size is in the bag")]
    NoHead,
}

impl BagFault {
    /// A short word for it, for messages and programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::Long => "long",
            Self::Link => "link",
            Self::Special => "special",
            Self::Unnamed => "unnamed",
            Self::Path(_) => "path",
            Self::Name => "name",
            Self::Collision(_) => "collision",
            Self::Stranger => "stranger",
            Self::Absent => "absent",
            Self::Malformed(_) => "malformed",
            Self::Missing(_) => "missing",
            Self::Extra(_) => "extra",
            Self::Changed(_) => "changed",
            Self::Oxum => "oxum",
            Self::Signature(_) => "signature",
            Self::UnknownSigner(_) => "unknown-signer",
            Self::Seal(_) => "seal",
            Self::Refused(_) => "refused",
            Self::NotLogKey => "not-log-key",
            Self::ForeignKey => "foreign-key",
            Self::Proof(_) => "proof",
            Self::Index => "index",
            Self::OtherHead => "other-head",
            Self::Consistency(_) => "consistency",
            Self::Entry => "entry",
            Self::Leaf(_) => "leaf",
            Self::Statement(_) => "statement",
            Self::FewSignatures => "few-signatures",
            Self::NotEnrolled(_) => "not-enrolled",
            Self::EnrolledLater(_) => "enrolled-later",
            Self::Revoked(_) => "revoked",
            Self::Unexplained => "unexplained",
            Self::Chunk => "chunk",
            Self::List(_) => "list",
            Self::NotListed => "not-listed",
            Self::Stamp(_) => "stamp",
            Self::NoHead => "no-head",
        }
    }

    /// What the fault names: a manifest, a key, a field, a line; empty where it names nothing.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::Unreadable(kind) => kind.to_string(),
            Self::Path(fault) => fault.to_string(),
            Self::Collision(text)
            | Self::UnknownSigner(text)
            | Self::NotEnrolled(text)
            | Self::EnrolledLater(text)
            | Self::Revoked(text) => text.clone(),
            Self::Malformed(malformed) => malformed.to_string(),
            Self::Missing(text)
            | Self::Extra(text)
            | Self::Changed(text)
            | Self::Seal(text)
            | Self::Leaf(text)
            | Self::Statement(text) => (*text).to_owned(),
            Self::Signature(error) => error.to_string(),
            Self::Refused(refusal) => refusal.to_string(),
            Self::Proof(error) => error.to_string(),
            Self::Consistency(error) => error.to_string(),
            Self::List(line) => line.to_string(),
            Self::Stamp(error) => error.to_string(),
            Self::Long
            | Self::Link
            | Self::Special
            | Self::Unnamed
            | Self::Name
            | Self::Stranger
            | Self::Absent
            | Self::Oxum
            | Self::NotLogKey
            | Self::ForeignKey
            | Self::Index
            | Self::OtherHead
            | Self::Entry
            | Self::FewSignatures
            | Self::Unexplained
            | Self::Chunk
            | Self::NotListed
            | Self::NoHead => String::new(),
        }
    }
}
