//! The protocol over HTTP. It turns requests into calls and answers into status codes, nothing else.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use thiserror::Error;

use crate::config::Config;
use crate::cosigner::{Alarm, Answer, Cosigner};
use crate::serving::{Stop, serve};
use crate::store::{FolderStore, HeadStore, StoreError};

/// Bytes of a request that are read: 63 lines of proof and a note with all its signatures.
const MAX_BODY: usize = 64 * 1024;

/// Run error (运行错误): why a cosigner does not run.
#[derive(Debug, Error)]
pub enum RunError {
    /// The state cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The network cannot be used.
    #[error(transparent)]
    Network(#[from] io::Error),
}

/// Notice (通报): what a running cosigner tells its operator.
#[derive(Debug)]
pub enum Notice {
    /// It has its state, and answers from now on.
    Serves,
    /// A log contradicted itself.
    Alarm(Alarm),
    /// A request could not be answered: the state cannot be read or written. Nothing was signed.
    Broken(StoreError),
}

type Hear = Arc<dyn Fn(&Notice) + Send + Sync>;

/// What requests are answered from.
struct Desk<S> {
    cosigner: Cosigner<S>,
    patience: Duration,
    hear: Hear,
}

/// Runs a cosigner on the listener until it is stopped. `hear` is told what its operator must know.
///
/// # Errors
/// The state or the network cannot be used.
pub fn run(
    config: Config,
    listener: TcpListener,
    stop: &Stop,
    hear: impl Fn(&Notice) + Send + Sync + 'static,
) -> Result<(), RunError> {
    let hear: Hear = Arc::new(hear);
    let store = FolderStore::open(&config.state)?;
    let told = Arc::clone(&hear);
    let alarm = move |alarm: &Alarm| told(&Notice::Alarm(alarm.clone()));
    let cosigner = Cosigner::new(config.key, config.logs, store, alarm)?;
    let patience = config.patience;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    listener.set_nonblocking(true)?;
    let desk = Arc::new(Desk { cosigner, patience, hear: Arc::clone(&hear) });
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        hear(&Notice::Serves);
        serve(listener, routes(desk), patience, stop).await;
        Ok(())
    })
}

fn routes<S: HeadStore + 'static>(desk: Arc<Desk<S>>) -> Router {
    Router::new()
        .route("/add-checkpoint", post(add::<S>))
        .route("/{hash}/checkpoint", get(checkpoint::<S>))
        .with_state(desk)
}

async fn add<S: HeadStore + 'static>(State(desk): State<Arc<Desk<S>>>, body: Body) -> Response {
    let body = match tokio::time::timeout(desk.patience, to_bytes(body, MAX_BODY)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    if now == 0 {
        // A cosignature must carry a time.
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let answered =
        tokio::task::spawn_blocking(move || desk.cosigner.add(&body, now).told(&desk.hear));
    answered.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

async fn checkpoint<S: HeadStore + 'static>(
    State(desk): State<Arc<Desk<S>>>,
    Path(hash): Path<String>,
) -> Response {
    let found = tokio::task::spawn_blocking(move || match desk.cosigner.checkpoint(&hash) {
        Ok(Some(note)) => text(StatusCode::OK, TEXT, note.to_string()),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => Answer::Broken(error).told(&desk.hear),
    });
    found.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

const TEXT: &str = "text/plain; charset=utf-8";

fn text(status: StatusCode, kind: &'static str, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}

impl Answer {
    /// The answer for the client. What went wrong inside is for the operator alone.
    fn told(self, hear: &Hear) -> Response {
        match self {
            Self::Cosigned(line) => text(StatusCode::OK, TEXT, line),
            Self::BadRequest(Some(fault)) => {
                text(StatusCode::BAD_REQUEST, TEXT, format!("{fault}\n"))
            }
            Self::BadRequest(None) => StatusCode::BAD_REQUEST.into_response(),
            Self::NotTheLog => StatusCode::FORBIDDEN.into_response(),
            Self::UnknownLog => StatusCode::NOT_FOUND.into_response(),
            Self::Conflict(size) => {
                text(StatusCode::CONFLICT, "text/x.tlog.size", format!("{size}\n"))
            }
            Self::Inconsistent => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
            Self::Broken(error) => {
                hear(&Notice::Broken(error));
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}
