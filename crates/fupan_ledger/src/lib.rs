//! The seals (封印): the formats in which evidence is sealed, and their checks. Standard formats only,
//! so that programs that are not ours can check what this one wrote; `docs/ledger-format.md` names the
//! specification of each field.
//!
//! ```text
//! capture statement ──Note──▶ leaf ──Growth──▶ tiles ──Checkpoint──▶ cosignatures ──Policy──▶ accepted
//!          └── attest: rules, roll ──▶ witnessed, late, unwitnessed, or rejected
//!                                       └── inclusion, consistency ──▶ ProofFile     └── stamp ─▶ time
//! ```
//!
//! Never here: I/O, a clock, randomness. Seeds, nonces and times are arguments, stored bytes come
//! through [`TileReader`]. No parser panics, whatever it reads; none repairs what it reads.

mod add_checkpoint;
mod attest;
mod bag;
mod capture;
mod checkpoint;
mod chunk;
mod key;
mod leaf;
mod malformed;
mod note;
mod policy;
mod proof_file;
pub mod release;
mod stamp;
mod text;
mod tree;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use add_checkpoint::AddCheckpoint;
pub use attest::{
    Assurance, AttestRequirement, AttestRules, AttestSettings, Attestor, Circumstances, ClockClass,
    Distrust, Downgrade, Enrolment, Exception, History, Hold, Judgement, KeyAdd, KeyRevoke,
    LateNeeds, Measured, Organisation, Past, Priors, Received, Rejection, Revocation, Roll,
    RollError, RulesError, RulesFault, SignedCapture, Signing, Standing, Timing,
};
pub use bag::{
    BagInfo, Declaration, Difference, Fixity, Manifest, ManifestKind, PathFault, Payload,
    check_path, compare, strays,
};
pub use capture::{Beacon, Capture, ClockSync};
pub use checkpoint::Checkpoint;
pub use chunk::{Chunk, ChunkFault, Run, SealedChunk};
pub use jiff::Timestamp;
pub use key::{KeyError, KeyId, Scheme, SigningKey, Verified, VerifyKey};
pub use leaf::{Leaf, LeafError, LeafField, LeafKind, LeafValue, MAX_LEAF, Ulid};
pub use malformed::{Malformed, Part};
pub use note::{MAX_SIGNATURES, Note, NoteError, SignatureLine};
pub use policy::{
    Accepted, Group, Member, Policy, PolicyError, PolicyFault, Refusal, Use, Witness,
};
pub use proof_file::{ProofFile, ProofFileError};
pub use stamp::{
    Certificate, ImprintAlgorithm, StampError, StampRequest, StampResponse, StampStatus,
    StampToken, Trust,
};
pub use tree::{
    Edge, Growth, Hash, MAX_ENTRY, MemoryTree, NodeReader, ProofError, Sm3Edge, Tile, TileError,
    TileKind, TileNodes, TileReader, consistency_proof, decode_bundle, encode_bundle,
    inclusion_proof, inclusion_proofs, leaf_hash, node_hash, root_of, verify_consistency,
    verify_inclusion,
};
