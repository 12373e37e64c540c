//! One way out: POST, with a time-out and a bound on what is read.

use std::time::Duration;

use ureq::Agent;

use crate::error::WireError;

/// Bytes of the head of an answer that are read.
const MAX_HEAD: usize = 16 * 1024;

/// Caller (呼出): makes calls. Cheap to clone; clones share connections.
#[derive(Debug, Clone)]
pub struct Caller {
    agent: Agent,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) kind: String,
    pub(crate) body: Vec<u8>,
}

impl Caller {
    /// A caller that waits for each whole call as long as `patience`.
    #[must_use]
    pub fn new(patience: Duration) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(patience))
            .http_status_as_error(false)
            // The one who is asked answers, or nobody does: no environment, no redirection.
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(MAX_HEAD)
            .user_agent("fupan")
            .build();
        Self { agent: config.into() }
    }

    /// Posts a body; reads at most `limit` bytes of the answer. 429 and 5xx are errors, every other
    /// status is the caller's to judge.
    pub(crate) fn post(
        &self,
        url: &str,
        kind: &str,
        body: &[u8],
        limit: u64,
    ) -> Result<Reply, WireError> {
        let sent = self.agent.post(url).header("content-type", kind).send(body);
        let mut answer = sent.map_err(|error| failed(url, limit, &error))?;
        let status = answer.status().as_u16();
        if status == 429 || status >= 500 {
            return Err(WireError::Busy { url: url.to_owned(), status });
        }
        let kind = answer
            .headers()
            .get("content-type")
            .and_then(|kind| kind.to_str().ok())
            .and_then(|kind| kind.split(';').next())
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        let body = answer.body_mut().with_config().limit(limit).read_to_vec();
        Ok(Reply { status, kind, body: body.map_err(|error| failed(url, limit, &error))? })
    }
}

/// Folds the client's errors into ours. What is not known to be final may be tried again.
fn failed(url: &str, limit: u64, error: &ureq::Error) -> WireError {
    let url = url.to_owned();
    let why = error.to_string();
    match error {
        ureq::Error::BodyExceedsLimit(_) | ureq::Error::LargeResponseHeader(..) => {
            WireError::TooLong { url, limit }
        }
        ureq::Error::BadUri(_)
        | ureq::Error::Http(_)
        | ureq::Error::RequireHttpsOnly(_)
        | ureq::Error::TlsRequired => WireError::Address { url, why },
        _ => WireError::Down { url, why },
    }
}
