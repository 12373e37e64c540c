//! The protocol over HTTP. It turns requests into calls and answers into status codes, nothing else.

use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use thiserror::Error;
use tokio::sync::watch;

use crate::config::Config;
use crate::cosigner::{Alarm, Answer, Cosigner};
use crate::store::{FolderStore, HeadStore, StoreError};

/// Bytes of a request that are read: 63 lines of proof and a note with all its signatures.
const MAX_BODY: usize = 64 * 1024;
/// How long a client may take to send them.
const PATIENCE: Duration = Duration::from_secs(10);

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

/// Stop (停止): ends a running cosigner from another thread. Requests at work are finished.
#[derive(Debug, Clone)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Stop {
    /// Ends it.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    fn asked(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut hear = self.0.subscribe();
        async move {
            // The sender lives as long as `run`: waiting ends with a stop.
            let _ = hear.wait_for(|stop| *stop).await;
        }
    }
}

/// Runs a cosigner on the listener until it is stopped. `hear` is told of every alarm.
///
/// # Errors
/// The state or the network cannot be used.
pub fn run(
    config: Config,
    listener: TcpListener,
    stop: &Stop,
    hear: impl Fn(&Alarm) + Send + Sync + 'static,
) -> Result<(), RunError> {
    let store = FolderStore::open(&config.state)?;
    let cosigner = Arc::new(Cosigner::new(config.key, config.logs, store, hear)?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    listener.set_nonblocking(true)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, routes(cosigner)).with_graceful_shutdown(stop.asked()).await
    })?;
    Ok(())
}

fn routes<S: HeadStore + 'static>(cosigner: Arc<Cosigner<S>>) -> Router {
    Router::new()
        .route("/add-checkpoint", post(add::<S>))
        .route("/{hash}/checkpoint", get(checkpoint::<S>))
        .with_state(cosigner)
}

async fn add<S: HeadStore + 'static>(
    State(cosigner): State<Arc<Cosigner<S>>>,
    body: Body,
) -> Response {
    let body = match tokio::time::timeout(PATIENCE, to_bytes(body, MAX_BODY)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    if now == 0 {
        // A cosignature must carry a time.
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    match tokio::task::spawn_blocking(move || cosigner.add(&body, now)).await {
        Ok(answer) => answer.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn checkpoint<S: HeadStore + 'static>(
    State(cosigner): State<Arc<Cosigner<S>>>,
    Path(hash): Path<String>,
) -> Response {
    match tokio::task::spawn_blocking(move || cosigner.checkpoint(&hash)).await {
        Ok(Ok(Some(note))) => text(StatusCode::OK, TEXT, note.to_string()),
        Ok(Ok(None)) => StatusCode::NOT_FOUND.into_response(),
        Ok(Err(_)) | Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

const TEXT: &str = "text/plain; charset=utf-8";

fn text(status: StatusCode, kind: &'static str, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
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
            // What went wrong inside is the operator's to read, not the client's.
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}
