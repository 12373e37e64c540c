"""Checks what fupan_ledger wrote with Python packages of others.

Usage: ledger.py log DIR | stamp BODY REQUEST ANSWER ROOT.pem. Exit 0: accepted.
"""

import sys
from pathlib import Path


def log(folder: Path) -> None:
    """Checkpoint with two cosignatures, every tile and entry, proofs: aics-tlog."""
    from aics_tlog import (FileSystemTileReader, audit_tiles, parse_checkpoint, parse_note,
                           parse_vkey, verify_checkpoint, verify_consistency,
                           verify_leaf_inclusion)
    import base64

    key = lambda name: parse_vkey((folder / "keys" / f"{name}.vkey").read_text().strip())
    witnesses = [key(f"w{at}") for at in (1, 2, 3)]

    def head(text: bytes):
        note = parse_note(text)
        result = verify_checkpoint(note, key("log"), witnesses, quorum=2)
        assert result.ok, result
        return parse_checkpoint(note.text)

    checkpoint = head((folder / "checkpoint").read_bytes())
    audit_tiles(FileSystemTileReader(folder), checkpoint.size, checkpoint.root, entries=True)
    proofs = sorted(folder.glob("proofs/*.tlog-proof"))
    assert proofs
    for path in proofs:
        before, note = path.read_bytes().split(b"\n\n", 1)
        lines = before.decode().split("\n")
        assert lines[0] == "c2sp.org/tlog-proof@v1"
        index = int(lines[1].removeprefix("index "))
        proof = [base64.b64decode(line, validate=True) for line in lines[2:]]
        at = head(note)
        entry = path.with_suffix(".entry").read_bytes()
        assert verify_leaf_inclusion(entry, index, at.size, proof, at.root), path
    paths = sorted(folder.glob("consistency/*.txt"))
    assert paths
    for path in paths:
        old = int(path.name.split("-")[0])
        root, *proof = [base64.b64decode(line, validate=True) for line in path.read_text().split()]
        assert verify_consistency(old, checkpoint.size, root, checkpoint.root, proof), path


def stamp(body: Path, request: Path, answer: Path, root: Path) -> None:
    """A time stamp over the body: rfc3161-client, bound to the request's number."""
    import re
    import subprocess
    from cryptography import x509
    from rfc3161_client import VerifierBuilder, decode_timestamp_response

    text = subprocess.run(["openssl", "ts", "-query", "-in", str(request), "-text"],
                          check=True, capture_output=True, text=True).stdout
    nonce = int(re.search(r"Nonce: 0x([0-9A-F]+)", text).group(1), 16)
    verifier = (VerifierBuilder().add_root_certificate(x509.load_pem_x509_certificate(root.read_bytes()))
                .nonce(nonce).build())
    response = decode_timestamp_response(answer.read_bytes())
    assert verifier.verify_message(response, body.read_bytes())


if __name__ == "__main__":
    verb, *paths = sys.argv[1:]
    {"log": log, "stamp": stamp}[verb](*map(Path, paths))
