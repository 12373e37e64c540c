//! The hall (大厅): every use case is one function in one file. The hall opens files and puts typed
//! errors into words; the rooms below it open nothing, and the doors above it only ask and show.
//!
//! The walk of an assessment, as [`assess`](fn@assess) carries it out (`docs/walk.md` follows one fact through it):
//!
//! 1. `folder` finds the case's files; `fupan_intake` reads them into one `CaseFile`. The only read.
//! 2. `fupan_engine::assess` judges it by the book into an `Assessment`.
//! 3. `fupan_report::compose` words it, `fupan_report::render` makes bytes of it.
//! 4. `output` writes all files, or none. The only write.
//!
//! Never here: HTML, a terminal, a rule of the standard, arithmetic on evidence.

mod actor;
mod add;
mod ask;
mod assess;
mod attest;
mod bag;
mod bag_folder;
pub mod book;
mod carry;
mod case;
mod cellar;
mod chance;
mod choose;
mod clock;
mod cosigners;
mod error;
mod evidence;
mod examine;
mod explain;
mod export;
mod fact;
mod faults;
mod file;
mod finding;
mod folder;
mod handed;
mod import;
mod input;
mod interview;
mod key;
mod message;
mod new;
mod output;
mod place;
mod request;
mod row;
mod stamp;
mod stream;
mod timeline;
mod vault;
mod verify;
mod watch;
mod words;

pub use actor::Actor;
pub use add::{Added, add_evidence};
pub use ask::{RequestWords, add_request};
pub use assess::{AssessRequest, Assessed, ReportForm, assess};
pub use attest::{
    CaptureWords, ClockWords, Drafted, Signed, SubmitWords, Submitted, draft_capture, sign_capture,
    submit_capture,
};
pub use bag::{BagMade, BagRequest, export_bag};
pub use carry::{Entered, EntryMade};
pub use choose::{ChoiceWords, choose};
pub use clock::{CaseClockWords, state_clock};
pub use error::{Failure, FailureKind};
pub use evidence::EvidenceWords;
pub use examine::{Examined, examine};
pub use explain::{ExplainRequest, Explained, explain};
pub use export::{CaseForm, export};
pub use fact::{FactWords, add_fact};
pub use finding::{FindingWords, add_finding};
pub use fupan_intake::{
    ExifAspect, ExifError, ExifField, LayerError, MediaCheck, MediaType, TextLayer, TextPart,
};
pub use fupan_ledger::release::Report;
pub use fupan_standard::{Mark, RowView, Status};
pub use fupan_vault::StampOutcome;
pub use fupan_wire::CosignerOutcome;
pub use handed::HandedWords;
pub use import::{ImportRequest, Imported, import_log, suggest_mapping};
pub use interview::{InterviewWords, add_interview};
pub use key::{
    Approval, Approved, Enrol, KeyDrawn, KeyEntry, KeyShown, KeyWords, Revoke, RollShown,
    approve_note, draw_key, enrol_key, list_keys, revoke_key, set_rules,
};
pub use message::{Filling, Message};
pub use new::{CaseWords, new_case};
pub use request::draft_requests;
pub use stamp::{StampHeads, stamp_heads, stamp_words};
pub use stream::{RowRefused, RunTaken, RunWords, StreamAdded, StreamWords, add_stream, take_run};
pub use timeline::solve;
pub use vault::{
    Copied, Cosigned, CustodyWords, HeadShown, HoldWords, PastEntry, Rebuilt, Reconciled, Scrubbed,
    SearchHit, Searched, VaultMade, add_transcript, backup_vault, cosign_vault, erase_object,
    hand_out_keys, hold, init_vault, note_custody, prove_entry, rebuild_index, record_changes,
    restore_vault, scrub_vault, search_vault, show_head, show_history, stamp_vault, take_case,
};
pub use verify::{Verified, VerifyOutcome, VerifyRequest, verify};
pub use watch::{Step, Unwatched, Watch};
pub use words::{Lang, Voice};
