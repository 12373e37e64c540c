//! Trust policies, for both uses: a quorum is computed for whoever signed.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    use fupan_ledger::{Policy, Use};
    for purpose in [Use::Checkpoints, Use::Statements] {
        match Policy::parse(bytes, purpose) {
            Ok(policy) => {
                let all = (0..policy.witnesses().len()).collect();
                assert!(policy.satisfied(&all), "all witnesses are always enough");
            }
            Err(errors) => assert!(!errors.is_empty()),
        }
    }
});
