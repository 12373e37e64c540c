//! Cases in a vault: folding, versions, corrections, custody, holds, erasure, index and search.

use super::temp::Temp;
use super::*;

/// A case file with something in every list.
fn whole_case() -> fupan_model::CaseFile {
    serde_json::from_str(include_str!("cases/whole.json")).unwrap()
}

#[test]
fn a_whole_case_moves_in_and_comes_out_the_same() {
    let file = whole_case();
    let json = serde_json::to_value(&file).unwrap();
    for (key, value) in json.as_object().unwrap() {
        assert!(value.as_array().is_none_or(|list| !list.is_empty()), "{key} is empty");
    }
    let (memory, vault) = in_memory();
    let done = vault.record(&made(1, 1), Some(0), Act::State(Statement::all_of(&file))).unwrap();
    assert_eq!(done.version, Some(1));
    let read = vault.case_file(id(1)).unwrap();
    assert_eq!(read.file, file);
    assert_eq!((read.version, read.log_size), (1, 1));
    drop(vault);
    let vault = open(&Store::of(Arc::new(memory)));
    assert_eq!(vault.case_file(id(1)).unwrap().file, file);
    assert_eq!(vault.cases().unwrap(), [(id(1), 1)]);
    assert!(matches!(vault.case_file(id(9)), Err(VaultError::NoCase(_))));
}

#[test]
fn what_was_made_upon_an_older_version_is_refused_with_both_versions() {
    let (_, vault) = in_memory();
    filled(&vault);
    let act = || Act::State(vec![party("P2", "乡镇")]);
    let refused = vault.record(&made(1, 20), Some(2), act()).unwrap_err();
    assert!(matches!(refused, VaultError::Refused(Refused::Stale { expected: 2, current: 3 })));
    let (_, before) = vault.head().unwrap();
    assert!(vault.record(&made(1, 20), Some(9), act()).is_err());
    assert_eq!(vault.head().unwrap().1, before);
    assert_eq!(vault.record(&made(1, 20), Some(3), act()).unwrap().version, Some(4));
    // Of many who saw the same version, one comes first.
    let wins: usize = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..8)
            .map(|at| {
                let vault = &vault;
                scope.spawn(move || {
                    let act = Act::State(vec![party(&format!("Q{at}"), "")]);
                    usize::from(vault.record(&made(1, 30 + at), Some(4), act).is_ok())
                })
            })
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(wins, 1);
    assert_eq!(vault.case_file(id(1)).unwrap().version, 5);
}

#[test]
fn the_same_act_twice_is_in_the_log_once_and_another_under_its_id_is_refused() {
    let (_, vault) = in_memory();
    let act = || Act::State(vec![head("a")]);
    let first = vault.record(&made(1, 1), Some(0), act()).unwrap();
    let again = vault.record(&made(1, 1), Some(0), act()).unwrap();
    assert_eq!(first.receipt.leaf, again.receipt.leaf);
    assert_eq!(vault.head().unwrap().1.size, 1);
    let other = vault.record(&made(1, 1), Some(0), Act::State(vec![head("b")])).unwrap_err();
    assert!(matches!(other, VaultError::Refused(Refused::IdTaken { index: 0, .. })), "{other}");
    let nowhere = vault.record(&made(2, 2), None, hold(None, true)).unwrap_err();
    assert!(matches!(nowhere, VaultError::Refused(Refused::NoCase { .. })));
}

#[test]
fn corrections_are_new_entries_and_fit_what_they_correct() {
    let (_, vault) = in_memory();
    filled(&vault);
    let read = vault.case_file(id(1)).unwrap();
    assert_eq!(read.file.parties[0].name, "化工二厂");
    let history = vault.history(id(1)).unwrap();
    assert_eq!(history.len(), 4);
    assert!(matches!(&history[0].1.act, Act::State(said) if said[1] == party("P1", "化工厂")));
    let correct = |of: u64, part, now| {
        let correction = Correction { of: id(of).to_string(), part, reason: "x".into(), now };
        Act::Correct(Box::new(correction))
    };
    for bad in [
        correct(10, 7, None),
        correct(99, 0, None),
        correct(10, 0, None),
        correct(10, 1, Some(head("a"))),
        Act::State(vec![party("P1", "again")]),
        Act::State(vec![party("P5", ""), party("P5", "")]),
        Act::State(vec![head("again")]),
        Act::State(Vec::new()),
    ] {
        let refused = vault.record(&made(1, 60), Some(3), bad.clone()).unwrap_err();
        assert!(matches!(refused, VaultError::Fold(_)), "{bad:?}: {refused}");
    }
    vault.record(&made(1, 61), Some(3), correct(10, 1, None)).unwrap();
    assert_eq!(vault.case_file(id(1)).unwrap().file.parties, []);
    vault.record(&made(1, 62), Some(4), Act::State(vec![party("P1", "新")])).unwrap();
    assert_eq!(vault.case_file(id(1)).unwrap().file.parties[0].name, "新");
}

#[test]
fn a_hold_forbids_erasure_until_it_ends_and_the_proof_outlives_the_object() {
    let (memory, vault) = in_memory();
    let stored = filled(&vault);
    vault.record(&made(1, 20), None, hold(Some(&stored), true)).unwrap();
    let held = vault.record(&made(1, 21), None, erase(&stored)).unwrap_err();
    assert!(matches!(held, VaultError::Refused(Refused::Held { case }) if case == id(1)));
    vault.record(&made(1, 22), None, hold(Some(&stored), false)).unwrap();
    vault.record(&made(1, 23), None, hold(None, true)).unwrap();
    assert!(vault.record(&made(1, 24), None, erase(&stored)).is_err());
    vault.record(&made(1, 25), None, hold(None, false)).unwrap();
    // Another case uses the same bytes.
    let also = vec![head("b"), exhibit("E7", "同一记录", &stored)];
    vault.record(&made(2, 26), Some(0), Act::State(also)).unwrap();
    let used = vault.record(&made(1, 27), None, erase(&stored)).unwrap_err();
    assert!(matches!(used, VaultError::Refused(Refused::StillUsed { case }) if case == id(2)));
    assert!(vault.objects().has(&stored.digests.sha256).unwrap());
    drop((memory, vault));

    let (memory, vault) = in_memory();
    let stored = filled(&vault);
    let erased = vault.record(&made(1, 30), None, erase(&stored)).unwrap();
    erased.receipt.check(&policy()).unwrap();
    assert!(!vault.objects().has(&stored.digests.sha256).unwrap());
    // Evidence, digests and receipts stay.
    assert_eq!(vault.case_file(id(1)).unwrap().file.evidence.len(), 1);
    vault.journal().unwrap().receipt(1, 0).unwrap().check(&policy()).unwrap();
    drop(vault);
    let store = Store::of(Arc::new(memory.clone()));
    let seen = report(&store);
    assert!(seen.is_whole() && seen.erased == 1, "{:?}", seen.faults);
    // A crash between the entry and the removal: the next start ends it.
    Objects::new(store.blobs.clone()).put_bytes(b"13:13 alarm\n").unwrap();
    assert!(!report(&store).is_whole());
    drop(open(&store));
    assert!(report(&store).is_whole());
}

#[test]
fn an_erased_body_is_named_and_the_index_forgets_its_words() {
    let (memory, vault) = in_memory();
    filled(&vault);
    let told =
        vault.record(&made(1, 40), Some(3), Act::State(vec![party("P9", "某某证人")])).unwrap();
    assert_eq!(vault.search(Some(id(1)), "证人").unwrap().len(), 1);
    let stored = Stored { digests: told.body, chunks: None, fresh: true };
    vault.record(&made(1, 41), None, erase(&stored)).unwrap();
    assert_eq!(vault.search(None, "证人").unwrap(), []);
    let read = vault.case_file(id(1)).unwrap();
    assert_eq!((read.erased.as_slice(), read.version), ([4].as_slice(), 4));
    assert_eq!(read.file.parties.len(), 1);
    let before = vault.index_dump().unwrap();
    drop(vault);
    let vault = open(&Store::of(Arc::new(memory)));
    assert_eq!(vault.index_dump().unwrap(), before);
}

#[test]
fn the_index_built_anew_is_the_same_byte_for_byte() {
    let temp = Temp::new("index");
    let path = temp.path().join("index.db");
    let store = begun(DiskStore::open(temp.path()).unwrap());
    let with = || Opening { index: Some(path.clone()), ..Opening::default() };
    let vault = Vault::open(store.clone(), signer(), with()).unwrap();
    filled(&vault);
    let grown = vault.index_dump().unwrap();
    vault.record(&made(1, 70), Some(3), Act::State(vec![party("P4", "救援队")])).unwrap();
    let whole = vault.index_dump().unwrap();
    assert_ne!(grown, whole);
    vault.rebuild().unwrap();
    assert_eq!(vault.index_dump().unwrap(), whole);
    let read = vault.case_file(id(1)).unwrap();
    drop(vault);
    for damage in [None, Some(b"no database".to_vec())] {
        match damage {
            None => std::fs::remove_file(&path).unwrap(),
            Some(bytes) => std::fs::write(&path, bytes).unwrap(),
        }
        let vault = Vault::open(store.clone(), signer(), with()).unwrap();
        assert_eq!(vault.index_dump().unwrap(), whole);
        assert_eq!(vault.case_file(id(1)).unwrap(), read);
    }
    let reader = Vault::open_to_read(store.clone(), signer().verify_key().clone(), None).unwrap();
    assert_eq!(reader.index_dump().unwrap(), whole);
    let refused = reader.record(&made(1, 80), None, hold(None, true));
    assert!(matches!(refused, Err(VaultError::ReadOnly)));
}

#[test]
fn search_finds_words_of_two_characters_and_more_in_any_case() {
    let (_, vault) = in_memory();
    filled(&vault);
    let found = |words: &str| {
        let hits = vault.search(None, words).unwrap();
        hits.into_iter().map(|hit| (hit.index, hit.kind)).collect::<Vec<_>>()
    };
    let hit = |index: u64, kind: &str| vec![(index, kind.to_owned())];
    assert_eq!(found("接警"), hit(1, "evidence"));
    assert_eq!(found("接警记录"), hit(1, "evidence"));
    assert_eq!(found("警接"), []);
    assert_eq!(found("E1.TXT"), hit(1, "evidence"));
    assert_eq!(found("比对 时刻"), hit(3, "custody"));
    assert_eq!(found("比对 接警"), []);
    assert_eq!(found("漏"), hit(0, "case"));
    assert_eq!(found("%"), []);
    assert_eq!(found(""), []);
    assert_eq!(vault.search(Some(id(9)), "接警").unwrap(), []);
}
