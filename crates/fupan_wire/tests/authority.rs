//! Time stamps from a real authority: `openssl ts -reply` behind a small HTTP server on the loopback.
//! And what is made of authorities that are down, refuse, or send nonsense. Needs openssl 3.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of a test: a panic here is the test failing"
)]

#[path = "authority/openssl.rs"]
mod openssl;
#[path = "authority/server.rs"]
mod server;

use std::time::Duration;

use fupan_ledger::{
    Certificate, ImprintAlgorithm, StampError, StampRequest, StampResponse, StampStatus, Trust,
};
use fupan_wire::{Caller, HttpTimeStamper, Stamped, TimeStamper as _, WireError};
use openssl::Authority;
use server::{Server, answer};
use sha2::{Digest as _, Sha256};
use sm3::Sm3;

const BODY: &[u8] = b"2f6d3c1e9a7b4058.fupan\n7\nAAAA\n";

fn caller() -> Caller {
    Caller::new(Duration::from_secs(30))
}

fn request(algorithm: ImprintAlgorithm) -> StampRequest {
    let imprint = match algorithm {
        ImprintAlgorithm::Sha256 => Sha256::digest(BODY).into(),
        ImprintAlgorithm::Sm3 => Sm3::digest(BODY).into(),
    };
    StampRequest::new(algorithm, imprint, *b"\x90nonce00")
}

fn under(root: &[u8]) -> Trust {
    Trust { anchors: vec![Certificate::parse(root).unwrap()], known: Vec::new() }
}

const REPLY: &str = "application/timestamp-reply";

#[test]
fn a_checkpoint_is_stamped_over_http_in_both_hashes() {
    let authority = Authority::new();
    let trust = under(&authority.root());
    let made = authority.clone();
    let server = Server::start(move |head, body| {
        assert!(head.starts_with("POST /tsa HTTP/1.1"), "{head}");
        assert!(head.to_lowercase().contains("content-type: application/timestamp-query"));
        Some(answer(200, REPLY, &made.reply(body)))
    });
    let stamper = HttpTimeStamper::new(caller(), &server.url("/tsa"), trust.clone());
    for algorithm in [ImprintAlgorithm::Sha256, ImprintAlgorithm::Sm3] {
        let request = request(algorithm);
        let Stamped { token, answer } = stamper.stamp(&request).unwrap();
        assert_eq!(StampResponse::parse(&answer).unwrap().token.as_ref(), Some(&token));
        assert_eq!(token.imprint(), (request.algorithm, request.imprint));
        assert_eq!(token.nonce(), request.nonce.as_deref());
        assert_eq!(token.verify(&request, &trust), Ok(()));
    }
    // An authority that nobody trusts stamps as well, and proves nothing.
    let stranger = Authority::new();
    let stamper = HttpTimeStamper::new(caller(), &server.url("/tsa"), under(&stranger.root()));
    let error = stamper.stamp(&request(ImprintAlgorithm::Sha256)).unwrap_err();
    assert!(matches!(error, WireError::Stamp { error: StampError::Untrusted, .. }), "{error:?}");
    assert!(!error.is_passing());
    // A hash that the authority does not take, by its own word.
    let made = authority.clone();
    let server = Server::start(move |_, body| Some(answer(200, REPLY, &made.refusal(body))));
    let stamper = HttpTimeStamper::new(caller(), &server.url("/"), trust);
    let error = stamper.stamp(&request(ImprintAlgorithm::Sm3)).unwrap_err();
    let WireError::NotStamped { status, ref failures, .. } = error else { panic!("{error:?}") };
    assert_eq!((status, failures.as_slice()), (StampStatus::Rejection, [0].as_slice()));
    assert!(!error.is_passing());
}

#[test]
fn an_answer_to_another_request_is_none() {
    let authority = Authority::new();
    let trust = under(&authority.root());
    let other = StampRequest::new(ImprintAlgorithm::Sha256, [1; 32], *b"\x90nonce00");
    let later = StampRequest { nonce: Some(vec![1, 2, 3]), ..request(ImprintAlgorithm::Sha256) };
    for (asked, wanted) in [(other, StampError::Imprint), (later, StampError::Nonce)] {
        let replayed = authority.reply(&asked.to_der().unwrap());
        let server = Server::start(move |_, _| Some(answer(200, REPLY, &replayed)));
        let stamper = HttpTimeStamper::new(caller(), &server.url("/"), trust.clone());
        let error = stamper.stamp(&request(ImprintAlgorithm::Sha256)).unwrap_err();
        assert!(matches!(error, WireError::Stamp { error, .. } if error == wanted), "{error:?}");
    }
}

#[test]
fn a_certificate_out_of_date_or_without_its_purpose_signs_nothing() {
    let authority = Authority::new();
    let asked = request(ImprintAlgorithm::Sha256);
    let der = asked.to_der().unwrap();
    for (forged, wanted) in [
        (authority.expired(&der), StampError::Validity),
        (authority.purposeless(&der), StampError::Purpose),
    ] {
        let server = Server::start(move |_, _| Some(answer(200, REPLY, &forged)));
        let trust = under(&authority.root());
        let stamper = HttpTimeStamper::new(caller(), &server.url("/"), trust);
        let error = stamper.stamp(&asked).unwrap_err();
        assert!(!error.is_passing());
        assert!(matches!(error, WireError::Stamp { error, .. } if error == wanted), "{error:?}");
    }
}

/// What one answer comes to, and whether to try again.
fn outcome(raw: Vec<u8>) -> (WireError, bool) {
    let server = Server::start(move |_, _| Some(raw.clone()));
    let stamper = HttpTimeStamper::new(caller(), &server.url("/"), Trust::default());
    let error = stamper.stamp(&request(ImprintAlgorithm::Sha256)).unwrap_err();
    let passing = error.is_passing();
    (error, passing)
}

#[test]
fn faults_that_pass_are_told_from_refusals() {
    for status in [429, 500, 502, 503, 504] {
        let (error, passing) = outcome(answer(status, REPLY, b""));
        assert!(matches!(error, WireError::Busy { .. }) && passing, "{status}: {error:?}");
    }
    for status in [201, 302, 400, 401, 403, 404] {
        let (error, passing) = outcome(answer(status, REPLY, b""));
        assert!(matches!(error, WireError::Refused { .. }) && !passing, "{status}: {error:?}");
    }
    let (error, passing) = outcome(answer(200, "text/html", b"<p>log in first</p>"));
    assert!(matches!(error, WireError::ContentType { ref found, .. } if found == "text/html"));
    assert!(!passing);
    let (error, passing) = outcome(answer(200, REPLY, b"nonsense"));
    assert!(matches!(error, WireError::Stamp { error: StampError::Malformed, .. }), "{error:?}");
    assert!(!passing);
    let (error, passing) = outcome(answer(200, REPLY, &vec![0; 65 * 1024]));
    assert!(matches!(error, WireError::TooLong { limit: 65_536, .. }) && !passing, "{error:?}");
    let head = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(64 * 1024));
    let (error, passing) = outcome(head.into_bytes());
    assert!(matches!(error, WireError::TooLong { .. }) && !passing, "{error:?}");
    // Cut off in the middle: the network's fault, to be tried again.
    let mut cut = answer(200, REPLY, &[0x30; 100]);
    cut.truncate(cut.len() - 10);
    let (error, passing) = outcome(cut);
    assert!(matches!(error, WireError::Down { .. }) && passing, "{error:?}");
    // A refusal that passes: no source of time just now.
    let waiting = [0x30, 10, 0x30, 8, 2, 1, 2, 3, 3, 1, 0, 2];
    let (error, passing) = outcome(answer(200, REPLY, &waiting));
    assert!(matches!(&error, WireError::NotStamped { failures, .. } if *failures == [14]));
    assert!(passing, "{error:?}");
}

#[test]
fn nobody_there_and_nobody_answering_are_down() {
    let gone = Server::start(|_, _| None);
    let url = gone.url("/");
    gone.end();
    let down = |caller: Caller, url: &str| {
        let stamper = HttpTimeStamper::new(caller, url, Trust::default());
        stamper.stamp(&request(ImprintAlgorithm::Sha256)).unwrap_err()
    };
    let error = down(caller(), &url);
    assert!(matches!(error, WireError::Down { .. }) && error.is_passing(), "{error:?}");
    // Takes the request and says nothing: the call ends by its time-out.
    let silent = Server::start(|_, _| None);
    let error = down(Caller::new(Duration::from_millis(200)), &silent.url("/"));
    assert!(matches!(error, WireError::Down { .. }) && error.is_passing(), "{error:?}");
    for bad in ["", "tsa", "ftp://127.0.0.1/", "http://"] {
        let error = down(caller(), bad);
        assert!(!error.is_passing(), "{bad}: {error:?}");
    }
}
