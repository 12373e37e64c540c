//! Collecting cosignatures until a policy is satisfied.

use fupan_ledger::{AddCheckpoint, Checkpoint, Hash, Malformed, Note, Policy};

use crate::cosigning::{CosignerCall, CosignerReply};
use crate::error::WireError;

/// Cosigner seat (背书席位): a cosigner, and the size it signed last as far as is known.
pub struct CosignerSeat<'a> {
    /// Who.
    pub cosigner: &'a dyn CosignerCall,
    /// Its last size; 0 where it never signed, or nobody knows: it says so itself.
    pub last: u64,
}

/// Cosigner outcome (征询结果): what came of asking one cosigner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosignerOutcome {
    /// Who was asked.
    pub name: String,
    /// The size it signed last, after this: to be kept for the next time.
    pub last: u64,
    /// Whether it cosigned.
    pub result: Result<(), WireError>,
}

/// Quorum (法定背书): a checkpoint with the cosignatures that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quorum {
    /// The checkpoint with all valid cosignatures.
    pub note: Note,
    /// Whether the policy accepts it so.
    pub met: bool,
    /// What came of each, in the order asked. All are asked, for one may fail another time.
    pub outcomes: Vec<CosignerOutcome>,
}

/// Asks every cosigner for a cosignature. `prove` makes a consistency proof from a size to the
/// checkpoint's; `None`: it cannot.
///
/// # Errors
/// The note is no checkpoint.
pub fn collect(
    note: &Note,
    seats: &[CosignerSeat<'_>],
    policy: &Policy,
    prove: &dyn Fn(u64) -> Option<Vec<Hash>>,
) -> Result<Quorum, Malformed> {
    let checkpoint = Checkpoint::parse(note.text())?;
    let mut collected = note.clone();
    let mut outcomes = Vec::new();
    for seat in seats {
        let mut last = seat.last;
        let result = ask(seat.cosigner, note, checkpoint.size, &mut last, prove)
            .map(|lines| lines.into_iter().for_each(|line| collected.add(line)));
        outcomes.push(CosignerOutcome { name: seat.cosigner.name().to_owned(), last, result });
    }
    let met = policy.accept(&collected).is_ok();
    Ok(Quorum { note: collected, met, outcomes })
}

/// Asks once, and once more where the cosigner says that it signed another size.
fn ask(
    cosigner: &dyn CosignerCall,
    note: &Note,
    size: u64,
    last: &mut u64,
    prove: &dyn Fn(u64) -> Option<Vec<Hash>>,
) -> Result<Vec<fupan_ledger::SignatureLine>, WireError> {
    let url = || cosigner.name().to_owned();
    let mut asked_again = false;
    loop {
        if *last > size {
            return Err(WireError::Ahead { url: url(), size: *last });
        }
        let proof = prove(*last).ok_or(WireError::NoProof { url: url(), size: *last })?;
        let request = AddCheckpoint { old: *last, proof, note: note.clone() };
        match cosigner.ask(&request)? {
            CosignerReply::Cosigned(lines) => {
                *last = size;
                return Ok(lines);
            }
            CosignerReply::From(from) => *last = from,
        }
        if asked_again {
            // It moves under us: somebody else asks it too. Later, then.
            return Err(WireError::Busy { url: url(), status: 409 });
        }
        asked_again = true;
    }
}
