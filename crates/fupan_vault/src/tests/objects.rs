//! Objects: both digests, chunks, and what is refused.

use std::io::{self, Read};
use std::sync::Arc;

use crate::*;

fn bytes(count: usize) -> Vec<u8> {
    (0..count).map(|at| u8::try_from(at * 31 % 251).unwrap()).collect()
}

#[test]
fn the_two_digests_of_abc_are_the_published_ones() {
    let digests = Digests::of(b"abc");
    assert_eq!(
        hex_of(&digests.sha256),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(
        hex_of(&digests.sm3),
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    );
}

#[test]
fn any_length_goes_in_and_comes_out() {
    let memory = MemoryStore::default();
    let objects = Objects::new(Arc::new(memory));
    let chunk = usize::try_from(CHUNK).unwrap();
    for size in [0, 1, 262_143, 262_144, 262_145, chunk - 1, chunk, chunk + 1, 2 * chunk + 5] {
        let bytes = bytes(size);
        let stored = objects.put(bytes.as_slice(), &Declared::default()).unwrap();
        assert_eq!(stored.digests, Digests::of(&bytes), "{size}");
        assert!(stored.fresh);
        assert_eq!(objects.read(&stored.digests.sha256).unwrap(), bytes);
        assert_eq!(stored.chunks.is_some(), size > chunk, "{size}");
        if let Some(list) = stored.chunks {
            let list = ChunkList::parse(&objects.read(&list.sha256).unwrap()).unwrap();
            let parts: Vec<[u8; 32]> =
                bytes.chunks(chunk).map(|part| Digests::of(part).sha256).collect();
            assert_eq!((list.size, list.sha256), (size as u64, parts));
        }
        assert!(!objects.put(bytes.as_slice(), &Declared::default()).unwrap().fresh);
    }
}

struct Broken(usize);

impl Read for Broken {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = into.len().min(self.0);
        self.0 -= count;
        if count == 0 { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(count) }
    }
}

#[test]
fn what_is_not_as_declared_leaves_nothing_behind() {
    let memory = MemoryStore::default();
    let objects = Objects::new(Arc::new(memory.clone()));
    let right = Digests::of(b"photo");
    let declared =
        Declared { sha256: Some(right.sha256), sm3: Some(right.sm3), size: Some(right.size) };
    for (bytes, what) in [(&b"phot"[..], "size"), (b"photo!", "size"), (b"phota", "sha256")] {
        let refused = objects.put(bytes, &declared).unwrap_err();
        assert!(
            matches!(&refused, ObjectError::Mismatch { what: w, .. } if *w == what),
            "{refused}"
        );
    }
    let wrong_sm3 = Declared { sm3: Some([0; 32]), ..declared };
    let refused = objects.put(&b"photo"[..], &wrong_sm3).unwrap_err();
    assert!(matches!(refused, ObjectError::Mismatch { what: "sm3", .. }));
    for size in [10, 300_000, 20_000_000] {
        let refused = objects.put(Broken(size), &Declared::default()).unwrap_err();
        assert_eq!(refused, ObjectError::Source(io::ErrorKind::ConnectionReset));
    }
    assert_eq!(memory.list("").unwrap().names, []);
    objects.put(&b"photo"[..], &declared).unwrap();
}

#[test]
fn a_damaged_object_is_not_given_out_nor_mended_by_a_second_copy() {
    let memory = MemoryStore::default();
    let objects = Objects::new(Arc::new(memory.clone()));
    let stored = objects.put_bytes(b"photo").unwrap();
    let name = memory.list("").unwrap().names[0].clone();
    memory.tamper(&name, Some(b"photO".to_vec()));
    let damaged = ObjectError::Damaged(hex_of(&stored.digests.sha256));
    assert_eq!(objects.read(&stored.digests.sha256).unwrap_err(), damaged);
    assert_eq!(objects.put_bytes(b"photo").unwrap_err(), damaged);
    assert_eq!(objects.put(&b"photo"[..], &Declared::default()).unwrap_err(), damaged);
    assert_eq!(memory.read(&name).unwrap().unwrap(), b"photO");
}
