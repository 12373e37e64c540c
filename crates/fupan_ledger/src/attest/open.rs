//! Who signed what: the first half of judging, which needs the note and the roll only.

use super::rejection::Rejection;
use super::roll::{Enrolment, Roll};
use crate::capture::Capture;
use crate::note::{Note, SignatureLine};

/// Signed capture (已签采集声明): a statement with those on the roll whose signatures verify.
#[derive(Debug, Clone)]
pub struct SignedCapture {
    pub(super) capture: Capture,
    pub(super) digest: [u8; 32],
    pub(super) signers: Vec<Enrolment>,
    /// Place in `signers` of the key of the device that captured.
    pub(super) device: usize,
}

impl SignedCapture {
    /// Reads a statement and checks every signature. Keys that share name and id are all tried, for
    /// an id is no proof.
    ///
    /// # Errors
    /// All that speaks against it: no statement, a key that is not on the roll, a signature over
    /// other bytes, a key that signed twice, a device that did not sign.
    pub fn open(note: &Note, roll: &Roll) -> Result<Self, Vec<Rejection>> {
        let capture = Capture::parse(note.text()).map_err(|fault| vec![fault.into()])?;
        let mut found: Vec<Rejection> = Vec::new();
        let mut signers: Vec<Enrolment> = Vec::new();
        if note.signatures().is_empty() {
            found.push(Rejection::Unsigned);
        }
        for line in note.signatures() {
            let (name, id) = (line.name.clone(), line.id);
            let mut candidates = roll.candidates(&line.name, id).peekable();
            if candidates.peek().is_none() {
                found.push(Rejection::UnknownKey { name, id });
                continue;
            }
            let signer = candidates
                .find(|found| found.add.key.verify(note.text(), &line.signature).is_some());
            match signer {
                None => found.push(Rejection::SignedOtherBytes { name, id }),
                Some(signer) if signers.contains(signer) => found.push(Rejection::SameKey(name)),
                Some(signer) => signers.push(signer.clone()),
            }
        }
        let mut devices =
            (0..).zip(&signers).filter(|(_, signer)| signer.add.key.id() == capture.device);
        let device = match (devices.next(), devices.next()) {
            (Some((at, _)), None) => at,
            (first, _) => {
                let id = capture.device;
                let none = Rejection::DeviceUnsigned(id);
                found.push(first.map_or(none, |_| Rejection::DeviceAmbiguous(id)));
                0
            }
        };
        let digest = capture.digest();
        if found.is_empty() { Ok(Self { capture, digest, signers, device }) } else { Err(found) }
    }

    /// The statement.
    #[must_use]
    pub fn capture(&self) -> &Capture {
        &self.capture
    }

    /// SHA-256 of its text.
    #[must_use]
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// Those who signed, in the order of their lines.
    #[must_use]
    pub fn signers(&self) -> &[Enrolment] {
        &self.signers
    }

    /// Whose device captured: the key that the statement's number counts for.
    #[must_use]
    pub fn device(&self) -> Option<&Enrolment> {
        self.signers.get(self.device)
    }

    /// One note with the signatures of both, where a second attestor's came by itself.
    ///
    /// # Errors
    /// The two are not the same statement, to the byte: each line of `theirs` is one over other bytes.
    pub fn join(ours: &Note, theirs: &Note) -> Result<Note, Vec<Rejection>> {
        if ours.text() != theirs.text() {
            let other = |line: &SignatureLine| Rejection::SignedOtherBytes {
                name: line.name.clone(),
                id: line.id,
            };
            return Err(theirs.signatures().iter().map(other).collect());
        }
        let mut joined = ours.clone();
        theirs.signatures().iter().for_each(|line| joined.add(line.clone()));
        Ok(joined)
    }
}
