# Checking bags.

help-verify = check an evidence bag by a key and a policy that do not come from it
help-verify-bag = folder of the bag
help-verify-log-key = the log's key: a file that holds it, or the key itself; from outside the bag
help-verify-policy = file with the trust policy (C2SP tlog-policy); from outside the bag
help-verify-tsa-ca = root certificate of the time stamp authority (PEM); without it no authority is checked

step-verify = checking …

verify-sound = Sound: case { $case }; nothing speaks against this bag.
verify-anchor = log key from outside: { $name }, fingerprint { $digest }
verify-files = files: { $files }, { $bytes } bytes; SHA-256 and SM3 agree with manifests and seal
verify-log = log: { $size } leaves, { $cosigned ->
    [0] cosigned by nobody
   *[other] cosigned by { $cosigners }
}; the proofs of { $leaves } leaves in the bag hold
verify-evidence = evidence: { $evidence }; originals, statements, signatures and log agree
verify-stamp = time stamp: the head of { $size } leaves existed by { $time }
verify-broken = NOT SOUND: { $faults } faults. Do not rely on this bag.

verify-no-bag = { $path }: no bag: neither bagit.txt nor manifests are there.
verify-no-anchor = No log key (--log-key) and policy (--policy) from outside the bag: not checked. Keys inside a bag prove nothing: who forges a whole bag puts in keys of his own. Get both from who released the bag, by another way than the bag.
verify-key-inside = log key inside the bag (to compare with the paper, not to trust): { $name }, fingerprint { $digest }
verify-bad-key = --log-key { $given }: no log key ({ $detail }). Expected one line name+id+base64.
verify-bad-policy = { $path } line { $line }: no line of a trust policy ({ $detail }).
verify-bad-roots = { $path }: it holds no PEM certificate, or one that cannot be read.
verify-key-not-in-policy = { $path }: the policy does not name the given log key in a log line. Get the policy that belongs to the key.

bag-notice-place = { $all ->
    [0] { $place }
   *[other] { $place } and others, { $all } in all (--json lists each)
}
bag-notice-withheld = note { bag-notice-place }: the original is not in the bag; its digests and proof are.
bag-notice-unwitnessed = note { bag-notice-place }: not witnessed by two when it was captured; never to be used as witnessed.
bag-notice-recorded = note { bag-notice-place }: nobody stated its capture; the log knows its digest and who took it in. Never to be used as witnessed.
bag-notice-no-stamp = note: no time stamp is in the bag; for its time only log and cosigners stand.
bag-notice-stamp-untrusted = note { bag-notice-place }: no root certificate (--tsa-ca) was given; the authority was not checked.
bag-notice-other-policy = note { bag-notice-place }: not the policy from outside, which was used.
bag-notice-other-script = note { bag-notice-place }: not the file of this version of the program; do not use scripts of the bag in place of this check.

bag-fault-unreadable = { $place }: cannot be read ({ $detail }).
bag-fault-long = { $place }: longer than any file of its kind; not read.
bag-fault-link = { $place }: a symbolic link; a bag holds plain files only.
bag-fault-special = { $place }: neither file nor folder.
bag-fault-unnamed = { $place }: a name that is no UTF-8.
bag-fault-path = { $place }: a path that is refused ({ $detail }).
bag-fault-name = { $place }: a name with characters that some disk would change or refuse.
bag-fault-collision = { $place }: the same path as { $detail } on some systems.
bag-fault-stranger = { $place }: a file that bags have not.
bag-fault-absent = { $place }: missing.
bag-fault-malformed = { $place }: not in its format ({ $detail }).
bag-fault-missing = { $place }: named by { $detail }, and not there.
bag-fault-extra = { $place }: not named by { $detail }.
bag-fault-changed = { $place }: its bytes do not have the checksum that { $detail } names.
bag-fault-oxum = { $place }: Payload-Oxum says another number of bytes or files.
bag-fault-signature = { $place }: a signature does not hold ({ $detail }).
bag-fault-unknown-signer = { $place }: signed by { $detail }, a key that is not known.
bag-fault-seal = { $place }: the seal says otherwise of its { $detail }.
bag-fault-refused = { $place }: the policy does not accept this head of the log ({ $detail }).
bag-fault-not-log-key = { $place }: the log key from outside did not sign it.
bag-fault-foreign-key = { $place }: not the key from outside.
bag-fault-proof = { $place }: the proof does not hold ({ $detail }).
bag-fault-index = { $place }: the proof is about another leaf.
bag-fault-other-head = { $place }: it leads to another head of the log, and nothing in the bag ties the two.
bag-fault-consistency = { $place }: an older head is not a beginning of the released one ({ $detail }).
bag-fault-entry = { $place }: not in the form of a leaf.
bag-fault-leaf = { $place }: the leaf says otherwise of { $detail } than the statement.
bag-fault-statement = { $place }: the statement says otherwise of { $detail }.
bag-fault-few-signatures = { $place }: a signature that the leaf names is missing.
bag-fault-chunk = { $place }: a part of it is no chunk that a leaf names.
bag-fault-not-enrolled = { $place }: the log does not hold the enrolment of the key of { $detail }.
bag-fault-enrolled-later = { $place }: the key of { $detail } was enrolled after it signed.
bag-fault-revoked = { $place }: the key of { $detail } was revoked before it signed.
bag-fault-unexplained = { $place }: no statement in the log is about it.
bag-fault-list = { $place } line { $detail }: says otherwise than the statements or the files.
bag-fault-not-listed = { $place }: the list does not name this evidence.
bag-fault-stamp = { $place }: the time stamp does not hold ({ $detail }).
bag-fault-no-head = { $place }: no head of this size is in the bag.
