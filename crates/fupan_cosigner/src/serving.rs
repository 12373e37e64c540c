//! Connections: how many at once, and how long a client may take to say what it wants. One that says
//! nothing, or says it drop by drop, is sent away; the others are served meanwhile.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

/// Connections that are served at once; more wait until one ends.
const CONNECTIONS: usize = 256;
/// How long to wait when the system has no connection to give.
const BREATH: Duration = Duration::from_millis(100);

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

/// Serves until it is stopped. `patience`: time in which the head of a request must have come, from
/// when the connection stands or the request before was answered.
pub(crate) async fn serve(listener: TcpListener, routes: Router, patience: Duration, stop: &Stop) {
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience);
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let open = GracefulShutdown::new();
    let mut asked = pin!(stop.asked());
    loop {
        let next = async {
            // Never closed, so that a place is always given in the end.
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let mut next = pin!(next);
        let first = poll_fn(|cx| match asked.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => next.as_mut().poll(cx).map(Some),
        });
        let Some((place, accepted)) = first.await else { break };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(BREATH).await;
            continue;
        };
        let service = TowerToHyperService::new(routes.clone());
        let served = open.watch(builder.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // How a connection ends is its client's affair.
            let _ = served.await;
            drop(place);
        });
    }
    drop(listener);
    open.shutdown().await;
}
