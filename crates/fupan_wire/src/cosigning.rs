//! Cosignatures: a request goes out, a line of the cosigner's key comes back (C2SP tlog-witness).

use fupan_ledger::{AddCheckpoint, Note, SignatureLine, VerifyKey};

use crate::caller::Caller;
use crate::error::WireError;

/// Bytes of an answer that are read: some signature lines, or a number.
const MAX_ANSWER: u64 = 16 * 1024;

/// Cosigner reply (背书答复): what a cosigner says to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CosignerReply {
    /// Its cosignatures, each checked.
    Cosigned(Vec<SignatureLine>),
    /// It signed a head of this size last: the proof must start there.
    From(u64),
}

/// Cosigner call (背书请求调用): somebody who cosigns checkpoints.
pub trait CosignerCall {
    /// Who is called, for messages.
    fn name(&self) -> &str;

    /// Asks for a cosignature.
    ///
    /// # Errors
    /// Nobody answered, the cosigner refused, or what it sent is no cosignature.
    fn ask(&self, request: &AddCheckpoint) -> Result<CosignerReply, WireError>;
}

/// HTTP cosigner (背书客户端): a cosigner at an address.
#[derive(Debug, Clone)]
pub struct HttpCosigner {
    caller: Caller,
    url: String,
    key: VerifyKey,
}

impl HttpCosigner {
    /// The cosigner with this key below `prefix`, its submission prefix.
    #[must_use]
    pub fn new(caller: Caller, prefix: &str, key: VerifyKey) -> Self {
        let url = format!("{}/add-checkpoint", prefix.trim_end_matches('/'));
        Self { caller, url, key }
    }
}

impl CosignerCall for HttpCosigner {
    fn name(&self) -> &str {
        self.key.name()
    }

    fn ask(&self, request: &AddCheckpoint) -> Result<CosignerReply, WireError> {
        let body = request.to_string();
        let reply = self.caller.post(&self.url, "text/plain", body.as_bytes(), MAX_ANSWER)?;
        let url = || self.url.clone();
        let said = str::from_utf8(&reply.body).map_err(|_| WireError::NotCosigned { url: url() });
        match reply.status {
            200 => {
                let lines = cosignatures(&request.note, said?, &self.key);
                lines.map(CosignerReply::Cosigned).ok_or(WireError::NotCosigned { url: url() })
            }
            409 => {
                let size = said?.strip_suffix('\n').and_then(|size| size.parse().ok());
                // A size that the request named already is no answer to it.
                let size = size.filter(|size| *size != request.old);
                let status = reply.status;
                size.map(CosignerReply::From).ok_or(WireError::Refused { url: url(), status })
            }
            status => Err(WireError::Refused { url: url(), status }),
        }
    }
}

/// The lines of an answer that are of this key and verify; `None` where there is none, or one of this
/// key does not verify. Lines of others are passed over.
fn cosignatures(note: &Note, said: &str, key: &VerifyKey) -> Option<Vec<SignatureLine>> {
    let whole = format!("{}{said}", note.unsigned());
    let answered = Note::parse(whole.as_bytes()).ok()?;
    answered.verify(std::slice::from_ref(key)).ok()?;
    let own = |line: &&SignatureLine| line.name == key.name() && line.id == key.id();
    Some(answered.signatures().iter().filter(own).cloned().collect())
}
