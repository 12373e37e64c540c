#!/usr/bin/env python3
"""Checks an evidence bag with openssl and the Python standard library alone.

    python3 verify.py [BAG] --log-key KEY --policy FILE [--tsa-ca FILE] [--lang zh|en]

It walks the chain a sceptic walks: every file against both manifests (SHA-256 and SM3), the manifests
against the log's seal, every original against its signed statement, the signatures of the statement
against keys that the log enrolled, the statement against its leaf, the leaf by its proof against the
head of the log, the head against its cosigners, and the time stamps.

Keys that lie in the bag prove nothing: KEY and FILE must come from elsewhere (from the organisation,
by another way than the bag). Without them it refuses, and only names the keys inside.

Exit code: 0 nothing speaks against the bag; 2 no key from outside, or bad usage; 3 no such bag;
5 the bag is not what it was, with every fault listed.
"""
import argparse
import base64
import calendar
import csv
import hashlib
import io
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import time

# So many notes that say the same are told one by one.
FEW_NOTICES = 5

WORDS = {
    "zh": {
        "title": "查验证据包：{}",
        "no-anchor": "没有给出包外的日志公钥（--log-key）和信任策略（--policy）。包内的密钥不能证明任何事情：\n"
        "伪造整个包的人会把自己的密钥放进去。请通过与收包不同的渠道向发布单位取得公钥与策略后再查验。\n"
        "包内的日志公钥指纹（仅供比对，不可采信）：",
        "anchor": "所用的包外日志公钥 {}，指纹 {}",
        "absent-bag": "找不到证据包：{}",
        "bad-key": "日志公钥不能识读：{}",
        "bad-policy": "信任策略不能识读：{}",
        "not-in-policy": "信任策略中没有所给的日志公钥。",
        "bad-openssl": "需要 OpenSSL 3 或更高版本，现为：{}。可用环境变量 OPENSSL 指定程序。",
        "ok": "通过",
        "step-files": "清单：{} 个文件的 SHA-256 与 SM3 逐一核对",
        "step-seal": "封签：日志对两份标签清单的签名",
        "step-head": "日志头：{} 片叶，背书机构 {}",
        "step-leaves": "存证证明：{} 片叶均在日志中",
        "step-statements": "采集声明：{} 份，签名人的公钥均在日志中登记",
        "step-originals": "原件：{} 件与采集声明或入库记录一致",
        "step-stamps": "时间戳：{} 个，{}",
        "notice": "提示",
        "many": "{} 等 {} 处（--all 逐一列出）",
        "fault": "不符",
        "sound": "查验通过：没有发现与证据包不符之处。",
        "broken": "查验不通过：发现 {} 处不符。此包不可采信。",
        "withheld": "原件未随包发布，摘要与证明俱在",
        "unwitnessed": "采集时没有两名见证人签名，不得作为经见证的证据使用",
        "recorded": "无人签署采集声明：日志只记有其摘要与入库人，不得作为经见证的证据使用",
        "no-stamp": "包内没有时间戳",
        "stamp-untrusted": "没有给出时间戳机构的证书（--tsa-ca），时间戳未查验",
        "other-policy": "包内的策略与包外所给的不同，以包外的为准",
        "unreadable": "不能读取：{}",
        "link": "是符号链接",
        "special": "不是普通文件",
        "unnamed": "文件名不是 UTF-8",
        "name": "文件名不安全，有的系统会改动或拒绝",
        "collision": "与 {} 在有的系统上是同一路径",
        "stranger": "包内不应有的文件",
        "absent": "缺少",
        "malformed": "格式不对：{}",
        "missing": "{} 列有而包内没有",
        "extra": "{} 没有列出",
        "changed": "内容与 {} 不符",
        "oxum": "Payload-Oxum 的字节数或文件数不对",
        "signature": "{} 的签名不成立",
        "unsigned": "没有已知密钥的签名",
        "unknown-signer": "由未知的密钥 {} 签名",
        "seal": "封签所记的 {} 与包不符",
        "no-quorum": "背书机构不足策略所要求的数目：{}",
        "unknown-log": "策略中没有这个日志",
        "not-log-key": "包外所给的日志公钥没有为它签名",
        "foreign-key": "不是包外所给的公钥",
        "proof": "证明不能导向日志头",
        "index": "证明的是另一片叶",
        "other-head": "导向另一个日志头",
        "consistency": "较早的日志头不是本日志头的开头",
        "leaf": "日志叶所记的 {} 不同",
        "statement": "采集声明所记的 {} 不同",
        "few-signatures": "缺少日志叶所列的签名",
        "chunk": "其中有一段不是日志叶所记的数据块",
        "not-enrolled": "日志中没有 {} 的登记",
        "enrolled-later": "{} 在签名之后才登记",
        "revoked": "{} 在签名之前已吊销",
        "unexplained": "日志中没有关于它的采集声明",
        "list": "第 {} 行与采集声明不符",
        "not-listed": "提取固定清单没有列出",
        "stamp": "时间戳不成立",
        "no-head": "包内没有这一大小的日志头",
    },
    "en": {
        "title": "Checking the evidence bag: {}",
        "no-anchor": "No log key (--log-key) and policy (--policy) from outside the bag. Keys inside a bag prove\n"
        "nothing: who forges a whole bag puts in keys of his own. Get the key and the policy from who\n"
        "released it, by another way than the bag, and check again.\n"
        "Fingerprints of the log keys inside (to compare, not to trust):",
        "anchor": "Log key from outside: {}, fingerprint {}",
        "absent-bag": "No such bag: {}",
        "bad-key": "The log key cannot be read: {}",
        "bad-policy": "The policy cannot be read: {}",
        "not-in-policy": "The policy does not name the log key that was given.",
        "bad-openssl": "OpenSSL 3 or later is needed, found: {}. The environment variable OPENSSL may name the program.",
        "ok": "ok",
        "step-files": "Manifests: SHA-256 and SM3 of {} files compared",
        "step-seal": "Seal: the log's signature over both tag manifests",
        "step-head": "Head of the log: {} leaves, cosigned by {}",
        "step-leaves": "Proofs: {} leaves are in the log",
        "step-statements": "Statements: {}, all signed by keys that the log enrolled",
        "step-originals": "Originals: {} are what their statements, or the leaves that record them, say",
        "step-stamps": "Time stamps: {}, {}",
        "notice": "note",
        "many": "{} and others, {} in all (--all lists each)",
        "fault": "FAULT",
        "sound": "Sound: nothing was found that speaks against this bag.",
        "broken": "NOT SOUND: {} faults. Do not rely on this bag.",
        "withheld": "the original is not in the bag; its digests and proof are",
        "unwitnessed": "not witnessed by two when it was captured: never to be used as witnessed",
        "recorded": "nobody stated its capture: the log knows its digest and who took it in; never to be used as witnessed",
        "no-stamp": "no time stamp is in the bag",
        "stamp-untrusted": "no certificate of the time stamp authority was given (--tsa-ca): not checked",
        "other-policy": "the policy in the bag is not the one from outside, which was used",
        "unreadable": "cannot be read: {}",
        "link": "a symbolic link",
        "special": "no regular file",
        "unnamed": "a name that is no UTF-8",
        "name": "a name that some disk would change or refuse",
        "collision": "the same path as {} on some systems",
        "stranger": "a file that bags have not",
        "absent": "missing",
        "malformed": "not in its format: {}",
        "missing": "named by {} and not there",
        "extra": "not named by {}",
        "changed": "its bytes are not those that {} names",
        "oxum": "Payload-Oxum says another number of bytes or files",
        "signature": "the signature of {} does not verify",
        "unsigned": "no signature of a known key",
        "unknown-signer": "signed by {}, which is not known",
        "seal": "the seal says otherwise of its {}",
        "no-quorum": "fewer cosigners than the policy asks for: {}",
        "unknown-log": "the policy knows no log of this name",
        "not-log-key": "the log key from outside did not sign it",
        "foreign-key": "not the key from outside",
        "proof": "the proof does not lead to the head of the log",
        "index": "the proof is about another leaf",
        "other-head": "it leads to another head of the log",
        "consistency": "an older head is not a beginning of this one",
        "leaf": "the leaf says otherwise of {}",
        "statement": "the statement says otherwise of {}",
        "few-signatures": "a signature that the leaf names is missing",
        "chunk": "a part of it is no chunk that a leaf names",
        "not-enrolled": "the log does not hold the enrolment of {}",
        "enrolled-later": "{} was enrolled after it signed",
        "revoked": "{} was revoked before it signed",
        "unexplained": "no statement in the log is about it",
        "list": "line {} says otherwise than the statements",
        "not-listed": "the list does not name it",
        "stamp": "the time stamp does not hold",
        "no-head": "no head of this size is in the bag",
    },
}

OPENSSL = os.environ.get("OPENSSL", "openssl")
ED25519, P256, COSIGNATURE, SM2 = b"\x01", b"\x02", b"\x04", b"\xfffupan/sm2-sm3"
ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")
SM2_SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
LIST = "data/\u6e05\u5355.csv"
TAG_MANIFESTS = ("tagmanifest-sha256.txt", "tagmanifest-sm3.txt")
FIELDS = ("evidence case kind medium sha256 sm3 size chunks captured mono-ms offset-ms rtt-ms "
          "sync-age-s device seq prev beacon meta nonce").split()


class Bad(Exception):
    """What is wrong with a text: a code of WORDS and what it names."""

    def __init__(self, code, detail=""):
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def run(*args, folder=None):
    return subprocess.run((OPENSSL,) + args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, cwd=folder)


def strict_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Bad("malformed", "base64")
    if base64.b64encode(data).decode() != text:
        raise Bad("malformed", "base64")
    return data


def hash_of(text):
    data = strict_base64(text)
    if len(data) != 32:
        raise Bad("malformed", "hash")
    return data


def number(text):
    if not re.fullmatch(r"0|[1-9][0-9]*", text, re.A):
        raise Bad("malformed", "number")
    return int(text)


def text_of(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Bad("malformed", "UTF-8")


class Key:
    """A verifier key: name+id+base64(type, key)."""

    def __init__(self, string):
        parts = string.split("+", 2)
        if len(parts) != 3 or not parts[0] or any(c.isspace() or c < " " for c in parts[0]):
            raise Bad("malformed", "key")
        self.string, self.name = string, parts[0]
        data = strict_base64(parts[2])
        for kind in (SM2, ED25519, P256, COSIGNATURE):
            if data.startswith(kind):
                self.kind, self.public = kind, data[len(kind):]
                break
        else:
            raise Bad("malformed", "key")
        if self.kind == P256:
            digest, self.spki = hashlib.sha256(self.public), self.public
        else:
            digest = hashlib.sha256(self.name.encode() + b"\n" + data)
            self.spki = (SM2_SPKI if self.kind == SM2 else ED25519_SPKI) + self.public
        self.id = digest.digest()[:4]
        if self.id.hex() != parts[1]:
            raise Bad("malformed", "key")

    def fingerprint(self):
        return hashlib.sha256(self.string.encode()).hexdigest()


class Signatures:
    """Signatures checked by openssl, each once."""

    def __init__(self, folder):
        self.folder, self.known = folder, {}

    def verify(self, key, text, signature):
        message = text.encode()
        if key.kind == COSIGNATURE:
            if len(signature) < 8:
                return False
            moment = int.from_bytes(signature[:8], "big")
            message = b"cosignature/v1\ntime %d\n" % moment + message
            signature = signature[8:]
        asked = (key.kind, key.spki, message, signature)
        if asked not in self.known:
            self.known[asked] = self.ask(*asked)
        return self.known[asked]

    def sm3(self, data):
        path = os.path.join(self.folder, "part")
        with open(path, "wb") as file:
            file.write(data)
        done = run("dgst", "-sm3", "-r", path)
        return done.stdout.decode("ascii", "replace").split(" ")[0]

    def ask(self, kind, spki, message, signature):
        paths = {}
        for name, data in (("key", spki), ("text", message), ("sig", signature)):
            paths[name] = os.path.join(self.folder, name)
            with open(paths[name], "wb") as file:
                file.write(data)
        key, text, sig = paths["key"], paths["text"], paths["sig"]
        if kind in (ED25519, COSIGNATURE):
            done = run("pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", key, "-rawin",
                       "-in", text, "-sigfile", sig)
        elif kind == P256:
            done = run("dgst", "-sha256", "-keyform", "DER", "-verify", key, "-signature", sig, text)
        else:
            done = run("dgst", "-sm3", "-keyform", "DER", "-verify", key, "-sigopt",
                       "distid:1234567812345678", "-signature", sig, text)
        return done.returncode == 0


class Note:
    """A text, an empty line, signature lines."""

    def __init__(self, data):
        whole = text_of(data)
        if any(c < " " and c != "\n" for c in whole) or "\n\n" not in whole or whole[-1] != "\n":
            raise Bad("malformed", "note")
        text, lines = whole.rsplit("\n\n", 1)
        self.whole, self.text, self.lines = whole, text + "\n", []
        for line in lines[:-1].split("\n"):
            parts = line.split(" ")
            if len(parts) != 3 or parts[0] != "\u2014":
                raise Bad("malformed", "signature line")
            data = strict_base64(parts[2])
            if len(data) < 5:
                raise Bad("malformed", "signature line")
            self.lines.append((parts[1], data[:4], data[4:]))

    def verify(self, keys, signatures):
        """The keys that signed; every line of a known key must verify."""
        found = []
        for name, key_id, signature in self.lines:
            same = [key for key in keys if (key.name, key.id) == (name, key_id)]
            if not same:
                continue
            for key in same:
                if signatures.verify(key, self.text, signature):
                    if key not in found:
                        found.append(key)
                    break
            else:
                raise Bad("signature", name)
        if not found:
            raise Bad("unsigned")
        return found


class Checkpoint:
    def __init__(self, text):
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not lines[0] or "" in lines[3:-1]:
            raise Bad("malformed", "checkpoint")
        self.origin, self.size, self.root = lines[0], number(lines[1]), hash_of(lines[2])
        self.text = text


class Policy:
    """C2SP tlog-policy: logs, cosigners, and how many of them suffice."""

    def __init__(self, data):
        self.logs, self.witnesses, self.groups, self.quorum = [], [], {}, None
        used, materials = set(), set()
        lines = text_of(data).split("\n")
        if lines.pop():
            raise Bad("malformed", "policy")
        for at, line in enumerate(lines, 1):
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            try:
                if words[0] == "log" and len(words) in (2, 3):
                    self.logs.append(Key(words[1]))
                elif words[0] == "witness" and len(words) in (3, 4):
                    key = Key(words[2])
                    self.name(words[1])
                    if key.kind != COSIGNATURE or key.public in materials:
                        raise Bad("malformed")
                    materials.add(key.public)
                    self.witnesses.append((words[1], key))
                elif words[0] == "group" and len(words) > 3:
                    members = words[3:]
                    if len(set(members)) < len(members) or used & set(members):
                        raise Bad("malformed")
                    for member in members:
                        self.member(member)
                    used |= set(members)
                    count = {"any": 1, "all": len(members)}.get(words[2])
                    count = number(words[2]) if count is None else count
                    if not 1 <= count <= len(members):
                        raise Bad("malformed")
                    self.name(words[1])
                    self.groups[words[1]] = (count, members)
                elif words[0] == "quorum" and len(words) == 2 and self.quorum is None:
                    if words[1] != "none":
                        self.member(words[1])
                    self.quorum = words[1]
                else:
                    raise Bad("malformed")
            except Bad:
                raise Bad("malformed", "line %d" % at)
        if self.quorum is None:
            raise Bad("malformed", "quorum")

    def name(self, name):
        if name == "none" or name in self.groups or name in [one for one, _ in self.witnesses]:
            raise Bad("malformed")

    def member(self, name):
        if name not in self.groups and name not in [one for one, _ in self.witnesses]:
            raise Bad("malformed")

    def satisfied(self, names):
        def has(name):
            if name in self.groups:
                count, members = self.groups[name]
                return sum(map(has, members)) >= count
            return name in names
        return self.quorum == "none" or has(self.quorum)

    def accept(self, note, signatures):
        head = Checkpoint(note.text)
        logs = [key for key in self.logs if key.name == head.origin]
        if not logs:
            raise Bad("unknown-log")
        signed = note.verify(logs + [key for _, key in self.witnesses], signatures)
        if not any(key in logs for key in signed):
            raise Bad("not-log-key")
        names = [name for name, key in self.witnesses if key in signed]
        if not self.satisfied(names):
            raise Bad("no-quorum", ", ".join(names))
        return head, names


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def included(leaf, index, size, path, root):
    """RFC 9162 section 2.1.3.2."""
    if index >= size:
        return False
    at, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at % 2 or at == last:
            found = node(sibling, found)
            while at and at % 2 == 0:
                at, last = at // 2, last // 2
        else:
            found = node(found, sibling)
        at, last = at // 2, last // 2
    return last == 0 and found == root


def consistent(old, old_root, new, new_root, path):
    """RFC 9162 section 2.1.4.2."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    at, last, path = old - 1, new - 1, list(path)
    while at % 2:
        at, last = at // 2, last // 2
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    first = second = path.pop(0)
    for sibling in path:
        if last == 0:
            return False
        if at % 2 or at == last:
            first, second = node(sibling, first), node(sibling, second)
            while at and at % 2 == 0:
                at, last = at // 2, last // 2
        else:
            second = node(second, sibling)
        at, last = at // 2, last // 2
    return last == 0 and first == old_root and second == new_root


def plain(letter):
    code = ord(letter)
    return (letter.isascii() and letter.isalnum() or letter in " !#&'()+,-.;=@[]^_{}~"
            or code in (0xB7, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x3001, 0x3002,
                        0x3014, 0x3015, 0xFF08, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B)
            or 0x3008 <= code <= 0x3011 or 0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF
            or 0x20000 <= code <= 0x2A6DF or 0x2A700 <= code <= 0x2EBE0
            or 0x30000 <= code <= 0x3134A)


def safe(path):
    for name in path.split("/"):
        stem = name.split(".")[0].rstrip().upper()
        if (not name or not all(map(plain, name)) or name[0] in ". -~" or name[-1] in ". "
                or len(name.encode()) > 100
                or re.fullmatch(r"CON|PRN|AUX|NUL|(COM|LPT)[1-9]", stem)):
            return False
    return True


PLACES = [(kind, re.compile(pattern, re.A)) for kind, pattern in (
    ("list", re.escape(LIST)),
    ("paper", r"data/\u6e05\u5355(?:-[0-9]{3,6})?\.docx|data/case/(?:case|redaction)\.json"
              r"|data/report/[A-Za-z0-9-][A-Za-z0-9.-]*\.(?:json|html|docx|xlsx)"),
    ("reading", r"(?:exif|text)/([^/]+)\.json"),
    ("record", r"data/statements/([^/]+)/(0|[1-9]\d*)\.body\.json"),
    ("statement", r"data/statements/([^/]+)/(0|[1-9]\d*)\.note"),
    ("meta", r"data/statements/([^/]+)/(0|[1-9]\d*)\.meta\.json"),
    ("original", r"data/(?!statements/)([^/]+)/([^/]+)/[^/]+"),
    ("entry", r"proofs/([^/]+)/(0|[1-9]\d*)\.entry"),
    ("proof", r"proofs/([^/]+)/(0|[1-9]\d*)\.tlog-proof"),
    ("consistency", r"log/consistency/(0|[1-9]\d*)-(0|[1-9]\d*)\.txt"),
    ("stamp", r"tsa/(0|[1-9]\d*)\.(sha256|sm3)\.ts[qr]"),
    ("key", r"keys/(log|cosigners|people)/[^/]+\.vkey"),
    ("help", r"keys/(log|cosigners|people)/[^/]+\.pem|verify/[^/]+"),
    ("fixed", r"bagit\.txt|bag-info\.txt|bag\.note|policy\.txt|log/checkpoint|tsa/chain\.pem"
              r"|(tag)?manifest-(sha256|sm3)\.txt"),
)]


def place(path):
    for kind, pattern in PLACES:
        found = pattern.fullmatch(path)
        if found:
            return kind, found.groups()
    return None, ()


class Check:
    def __init__(self, bag, log_key, policy, tsa_ca, folder):
        self.bag, self.log_key, self.policy, self.tsa_ca = bag, log_key, policy, tsa_ca
        self.folder, self.signatures = folder, Signatures(folder)
        self.faults, self.notices, self.files, self.sums = {}, [], {}, {}
        self.seal, self.head, self.heads, self.names = None, None, {}, []
        self.leaves, self.people, self.statements, self.stamped = {}, [], {}, 0
        self.recorded = {}

    def fault(self, where, code, detail=""):
        self.faults[where, code, detail] = True

    def notice(self, where, code):
        self.notices.append((where, code))

    def path(self, path):
        return os.path.join(self.bag, *path.split("/"))

    def read(self, path):
        if path not in self.files:
            raise Bad("absent")
        try:
            with open(self.path(path), "rb") as file:
                return file.read()
        except OSError as error:
            raise Bad("unreadable", error.strerror)

    def at(self, where, step, *args):
        """Carries out a step; what is wrong is a fault at this place."""
        try:
            return step(*args)
        except Bad as bad:
            self.fault(where, bad.code, bad.detail)
            return None

    def kind(self, wanted):
        for path in sorted(self.files):
            kind, groups = place(path)
            if kind == wanted:
                yield path, groups

    # 1. What is there, and whether every file is what both manifests say.

    def walk(self):
        folded = {}
        for folder, folders, names in os.walk(self.bag):
            below = os.path.relpath(folder, self.bag)
            for name in sorted(folders + names):
                path = name if below == "." else "/".join(below.split(os.sep) + [name])
                mode = os.lstat(os.path.join(folder, name)).st_mode
                shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
                if shown != path:
                    self.fault(shown, "unnamed")
                elif stat.S_ISLNK(mode):
                    self.fault(path, "link")
                elif stat.S_ISDIR(mode):
                    pass
                elif not stat.S_ISREG(mode):
                    self.fault(path, "special")
                else:
                    if not safe(path):
                        self.fault(path, "name")
                    if place(path)[0] is None:
                        self.fault(path, "stranger")
                    if path.lower() in folded:
                        self.fault(path, "collision", folded[path.lower()])
                    folded[path.lower()] = path
                    self.files[path] = os.path.getsize(os.path.join(folder, name))

    def hash(self):
        for path in self.files:
            digest = hashlib.sha256()
            try:
                with open(self.path(path), "rb") as file:
                    for block in iter(lambda: file.read(1 << 20), b""):
                        digest.update(block)
            except OSError as error:
                self.fault(path, "unreadable", error.strerror)
                continue
            self.sums[path] = [digest.hexdigest(), None]
        ordinary = [path for path in self.sums if safe(path)]
        others = [path for path in self.sums if not safe(path)]
        groups = [ordinary[at:at + 100] for at in range(0, len(ordinary), 100)]
        for group in groups + [[path] for path in others]:
            done = run("dgst", "-sm3", "-r", *map(self.path, group))
            lines = done.stdout.split(b"\n")[:-1]
            for path, line in zip(group, lines if len(lines) == len(group) else [b""] * len(group)):
                found = re.match(rb"\\?([0-9a-f]{64}) ", line)
                self.sums[path][1] = found.group(1).decode() if found else None

    def manifests(self):
        self.at("bagit.txt", self.declaration)
        self.at("bag-info.txt", self.info)
        for begin, payload in (("manifest", True), ("tagmanifest", False)):
            named = []
            for which, algorithm in enumerate(("sha256", "sm3")):
                name = "%s-%s.txt" % (begin, algorithm)
                sums = self.at(name, self.manifest, name, payload)
                if sums is None:
                    continue
                named.append(set(sums))
                skip = TAG_MANIFESTS + ("bag.note",)
                here = {path for path in self.files
                        if path.startswith("data/") == payload and path not in skip}
                for path in sorted(here | set(sums)):
                    if path not in here:
                        self.fault(path, "missing", name)
                    elif path not in sums:
                        self.fault(path, "extra", name)
                    elif self.sums.get(path, [None, None])[which] != sums[path]:
                        self.fault(path, "changed", name)
            if len(named) == 2:
                for path in sorted(named[0] ^ named[1]):
                    self.fault(path, "extra", begin + "-*.txt")

    def declaration(self):
        if self.read("bagit.txt") != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
            raise Bad("malformed", "bagit.txt")

    def payload(self):
        sizes = [size for path, size in self.files.items() if path.startswith("data/")]
        return "%d.%d" % (sum(sizes), len(sizes))

    def info(self):
        lines = text_of(self.read("bag-info.txt")).split("\n")
        if lines.count("Payload-Oxum: " + self.payload()) != 1:
            raise Bad("oxum")

    def manifest(self, name, payload):
        sums = {}
        lines = text_of(self.read(name)).split("\n")
        if lines.pop():
            raise Bad("malformed", "line %d" % (len(lines) + 1))
        for at, line in enumerate(lines, 1):
            found = re.fullmatch(r"([0-9a-f]{64})  ([^\r]+)", line, re.A)
            parts = found.group(2).split("/") if found else []
            if (not found or found.group(2) in sums or {"", ".", ".."} & set(parts)
                    or (parts[0] == "data") != payload or "\\" in line):
                raise Bad("malformed", "line %d" % at)
            sums[found.group(2)] = found.group(1)
        return sums

    # 2. The head of the log, the seal, and the keys.

    def check_head(self):
        note = Note(self.read("log/checkpoint"))
        head, self.names = self.policy.accept(note, self.signatures)
        try:
            note.verify([self.log_key], self.signatures)
        except Bad:
            raise Bad("not-log-key")
        self.head, self.head_note = head, note.whole
        self.heads[head.size] = head.root

    def log_keys(self):
        return [self.log_key] + [key for key in self.policy.logs
                                 if key.name == self.log_key.name
                                 and key.string != self.log_key.string]

    def check_seal(self):
        note = Note(self.read("bag.note"))
        keys = self.log_keys()
        for name, key_id, _ in note.lines:
            if not any((key.name, key.id) == (name, key_id) for key in keys):
                self.fault("bag.note", "unknown-signer", name)
        signed = self.at("bag.note", note.verify, keys, self.signatures)
        if signed is not None and self.log_key not in signed:
            self.fault("bag.note", "not-log-key")
        lines = note.text.split("\n")
        names = "case origin tree payload tagmanifest-sha256 tagmanifest-sm3".split()
        if lines[0] != "fupan.example/bag/v1" or len(lines) != 8:
            raise Bad("malformed", "seal")
        seal = {}
        for name, line in zip(names, lines[1:7]):
            if not line.startswith(name + " "):
                raise Bad("malformed", name)
            seal[name] = line[len(name) + 1:]
        self.seal = seal
        if seal["payload"] != self.payload():
            self.fault("bag.note", "seal", "payload")
        for name in TAG_MANIFESTS:
            if self.sums.get(name, [None])[0] != seal[name[:-4]]:
                self.fault(name, "seal", name)
        if self.head:
            root = base64.b64encode(self.head.root).decode()
            if (seal["origin"] != self.head.origin
                    or seal["tree"] != "%d %s" % (self.head.size, root)):
                self.fault("bag.note", "seal", "tree")

    def check_keys(self):
        strings = {"log": [key.string for key in self.log_keys()],
                   "cosigners": [key.string for _, key in self.policy.witnesses]}
        for path, (role,) in self.kind("key"):
            key = self.at(path, lambda: Key(text_of(self.read(path)).removesuffix("\n")))
            if key and role == "people":
                self.people.append(key)
            elif key and key.string not in strings[role]:
                self.fault(path, "foreign-key")

    def check_older(self):
        for path, (old, new) in self.kind("consistency"):
            self.at(path, self.check_consistency, path, int(old), int(new))

    def check_consistency(self, path, old, new):
        text = text_of(self.read(path))
        if not text.endswith("\n"):
            raise Bad("malformed", "hash")
        root, *proof = [hash_of(line) for line in text[:-1].split("\n")]
        if not self.head or self.head.size != new:
            raise Bad("other-head")
        if not consistent(old, root, new, self.head.root, proof):
            raise Bad("consistency")
        self.heads[old] = root

    # 3. Leaves and their proofs.

    def check_leaves(self):
        for path, (group, index) in self.kind("entry"):
            proof = "proofs/%s/%s.tlog-proof" % (group, index)
            entry = self.at(path, self.read, path)
            if entry is None or not self.at(proof, self.check_proof, proof, entry, int(index)):
                continue
            leaf = self.at(path, self.entry, entry)
            if leaf is None:
                continue
            if group != "log" and leaf.get("kind") in ("custody", "chunk"):
                # The id of an act is its own, and a chunk has none; the object says what it is about.
                if not self.seal or leaf.get("case") != self.seal["case"]:
                    self.fault(path, "leaf", "case")
            elif group != "log" and leaf.get("id") != group:
                self.fault(path, "leaf", "id")
            self.leaves[group, int(index)] = leaf
        self.terms = {}
        for (_, index), leaf in self.leaves.items():
            if isinstance(leaf.get("key"), str):
                enrolled, revoked = self.terms.setdefault(leaf["key"], ([], []))
                if leaf.get("kind") == "key-add":
                    enrolled.append(index)
                elif leaf.get("kind") == "key-revoke":
                    revoked.append(leaf.get("since"))
        for path, (group, index) in self.kind("proof"):
            entry = "proofs/%s/%s.entry" % (group, index)
            if entry not in self.files:
                self.fault(entry, "absent")

    def entry(self, data):
        try:
            leaf = json.loads(text_of(data))
            same = json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        except ValueError:
            raise Bad("malformed", "leaf")
        if not isinstance(leaf, dict) or same.encode() != data:
            raise Bad("malformed", "leaf")
        return leaf

    def check_proof(self, path, entry, index):
        head, found, note = text_of(self.read(path)).partition("\n\n")
        lines = head.split("\n")
        if not found or lines[0] != "c2sp.org/tlog-proof@v1":
            raise Bad("malformed", "proof")
        lines = lines[2:] if len(lines) > 1 and lines[1].startswith("extra ") else lines[1:]
        if not lines or not lines[0].startswith("index "):
            raise Bad("malformed", "index")
        if number(lines[0][6:]) != index:
            raise Bad("index")
        proof = [hash_of(line) for line in lines[1:]]
        if self.head and note == self.head_note:
            checkpoint = self.head
        else:
            checkpoint, _ = self.policy.accept(Note(note.encode()), self.signatures)
        if not self.head or checkpoint.origin != self.head.origin:
            raise Bad("other-head")
        if self.heads.get(checkpoint.size) != checkpoint.root:
            raise Bad("other-head")
        leaf = hashlib.sha256(b"\x00" + entry).digest()
        if not included(leaf, index, checkpoint.size, proof, checkpoint.root):
            raise Bad("proof")
        return True

    # 4. Statements, originals, the list.

    def check_statements(self):
        for path, (evidence, index) in self.kind("statement"):
            self.at(path, self.check_statement, path, evidence, int(index))
        for (group, index), leaf in sorted(self.leaves.items()):
            path = "data/statements/%s/%d.note" % (group, index)
            if group != "log" and "stmt" in leaf and path not in self.files:
                self.fault(path, "absent")
        for path, (evidence, index) in self.kind("meta"):
            if "data/statements/%s/%s.note" % (evidence, index) not in self.files:
                self.fault(path, "unexplained")

    def check_statement(self, path, evidence, index):
        note = Note(self.read(path))
        lines = note.text.split("\n")
        if lines[0] != "fupan.example/capture/v1" or len(lines) != len(FIELDS) + 2:
            raise Bad("malformed", "statement")
        stated = {}
        for name, line in zip(FIELDS, lines[1:]):
            if not line.startswith(name + " "):
                raise Bad("malformed", name)
            stated[name] = line[len(name) + 1:]
        number(stated["size"])
        if stated["evidence"] != evidence:
            self.fault(path, "statement", "evidence")
        if self.seal and stated["case"] != self.seal["case"]:
            self.fault(path, "statement", "case")
        meta = path[:-5] + ".meta.json"
        if meta not in self.sums:
            self.fault(meta, "absent")
        elif "sha256:" + self.sums[meta][0] != stated["meta"]:
            self.fault(meta, "statement", "meta")
        leaf = self.leaves.get((evidence, index))
        if leaf is None:
            raise Bad("unexplained")
        wanted = {"id": stated["evidence"], "case": stated["case"],
                  "stmt": "sha256:%s" % self.sums[path][0], "stmt_sm3": "sm3:%s" % self.sums[path][1]}
        if leaf.get("kind") == "capture":
            wanted.update({"obj": "sha256:" + stated["sha256"], "obj_sm3": "sm3:" + stated["sm3"],
                           "size": int(stated["size"])})
        for field, value in wanted.items():
            if leaf.get(field) != value:
                self.fault(path, "leaf", field)
        self.check_signers(path, note, leaf, index)
        self.statements.setdefault(evidence, {})[index] = (stated, leaf.get("status", "cosigned"))

    def check_signers(self, path, note, leaf, index):
        signed = self.at(path, note.verify, self.people, self.signatures)
        if signed is None:
            return
        standing = {key.spki for key in signed if self.at(path, self.stands, key, index)}
        ids = {key.id.hex() for key in signed}
        needed = 2 if leaf.get("status") == "witnessed" else 1
        if any(key_id not in ids for key_id in leaf.get("att", [])) or len(standing) < needed:
            self.fault(path, "few-signatures")

    def stands(self, key, index):
        """Whether a key counted when leaf `index` was written, as far as the leaves of the bag tell."""
        enrolled, revoked = self.terms.get("sha256:" + key.fingerprint(), ([], []))
        if not enrolled:
            raise Bad("not-enrolled", key.name)
        if min(enrolled) >= index:
            raise Bad("enrolled-later", key.name)
        if any(isinstance(since, int) and since <= index for since in revoked):
            raise Bad("revoked", key.name)
        return True

    def check_records(self):
        """Evidence that nobody stated a capture of: its digest stands in the leaf of an act."""
        for (group, index), leaf in sorted(self.leaves.items()):
            if group == "log" or leaf.get("kind") != "custody" or "obj" not in leaf:
                continue
            stated = list(self.statements.get(group, {}).values())[:1]
            if stated:
                wanted = "sha256:" + stated[0][0]["sha256"]
            else:
                wanted = self.recorded.setdefault(group, (leaf["obj"], index))[0]
            if leaf["obj"] != wanted:
                self.fault("proofs/%s/%d.entry" % (group, index), "leaf", "obj")
        for path, (evidence, index) in self.kind("record"):
            leaf = self.leaves.get((evidence, int(index)), {})
            if leaf.get("kind") != "custody":
                self.fault(path, "unexplained")
            elif [leaf.get("body"), leaf.get("body_sm3")] != [
                    "sha256:%s" % self.sums[path][0], "sm3:%s" % self.sums[path][1]]:
                self.fault(path, "leaf", "body")
        for path, (evidence,) in self.kind("reading"):
            if evidence not in self.statements and evidence not in self.recorded:
                self.fault(path, "unexplained")

    def check_runs(self):
        """Evidence that is a run of a sensor stream: each chunk of it is the object of a leaf."""
        runs = {}
        for (group, index), leaf in self.leaves.items():
            if group != "log" and leaf.get("kind") == "chunk":
                runs.setdefault(group, {})[leaf.get("obj")] = (index, leaf)
        for path, (_, group) in self.kind("original"):
            if group in runs:
                self.at(path, self.check_run, path, group, runs.pop(group))

    def check_run(self, path, group, named):
        try:
            with open(self.path(path), "rb") as file:
                for whole, note, stated in iter(lambda: self.chunk(file), None):
                    index, leaf = named.pop("sha256:" + hashlib.sha256(whole).hexdigest(), (0, None))
                    if leaf is None:
                        raise Bad("chunk")
                    self.check_chunk("proofs/%s/%d.entry" % (group, index), leaf, whole, note, stated, index)
        except OSError as error:
            raise Bad("unreadable", error.strerror)
        for index, _ in named.values():
            self.fault("proofs/%s/%d.entry" % (group, index), "leaf", "obj")

    def check_chunk(self, where, leaf, whole, note, stated, index):
        is_ = {"obj_sm3": "sm3:" + self.signatures.sm3(whole), "size": len(whole), "case": stated["case"],
               "stream": stated["stream"], "seq": number(stated["seq"]), "count": number(stated["count"])}
        for field, value in is_.items():
            if leaf.get(field) != value:
                self.fault(where, "leaf", field)
        signed = self.at(where, note.verify, self.people, self.signatures)
        for key in signed or []:
            self.at(where, self.stands, key, index)
        if signed and "key" in leaf and leaf["key"] not in ["sha256:" + key.fingerprint() for key in signed]:
            self.fault(where, "leaf", "key")

    def chunk(self, file):
        """The next chunk: its bytes, its signed header, what that says; nothing at the end."""
        head, gaps = b"", 0
        while gaps < 2:
            line = file.readline(1 << 20)
            if not line and not head:
                return None
            head += line
            if not line.endswith(b"\n") or len(head) > 1 << 20:
                raise Bad("chunk")
            gaps += line == b"\n"
        note = Note(head[:-1])
        first, *rest = note.text[:-1].split("\n")
        stated = dict(line.split(" ", 1) for line in rest if " " in line)
        wanted = {"case", "stream", "seq", "prev", "first", "last", "count", "lines", "size", "sha256", "sm3"}
        if first != "fupan.example/chunk/v1" or not wanted <= set(stated):
            raise Bad("malformed", "chunk")
        size = number(stated["size"])
        lines = file.read(min(size, 1 << 20))
        if len(lines) != size or hashlib.sha256(lines).hexdigest() != stated["sha256"]:
            raise Bad("chunk")
        return head + lines, note, stated

    def check_originals(self):
        found = {}
        for path, (kind, evidence) in self.kind("original"):
            if evidence in self.recorded and evidence not in found:
                found[evidence] = path
                if "sha256:%s" % self.sums.get(path, [None])[0] != self.recorded[evidence][0]:
                    self.fault(path, "unexplained")
                continue
            if evidence in found or evidence not in self.statements:
                self.fault(path, "unexplained")
                continue
            found[evidence] = path
            sha256, sm3 = self.sums.get(path, [None, None])
            is_ = {"kind": kind, "sha256": sha256, "sm3": sm3, "size": str(self.files[path])}
            for stated, _ in self.statements[evidence].values():
                for field, value in is_.items():
                    if stated[field] != value:
                        self.fault(path, "statement", field)
        for evidence, statements in sorted(self.statements.items()):
            where = "data/statements/%s/%d.note" % (evidence, min(statements))
            if evidence not in found:
                self.notice(where, "withheld")
            if not any(status in ("witnessed", "cosigned") for _, status in statements.values()):
                self.notice(where, "unwitnessed")
        for evidence, (_, index) in sorted(self.recorded.items()):
            where = "proofs/%s/%d.entry" % (evidence, index)
            if evidence not in found:
                self.notice(where, "withheld")
            self.notice(where, "recorded")
        self.originals = found

    def check_list(self):
        text = text_of(self.read(LIST))
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        if not text.startswith("\ufeff") or not rows:
            raise Bad("malformed", "CSV")
        named = set()
        for line, row in enumerate(rows[1:], 2):
            evidence = row[1] if len(row) == 17 else None
            statements = self.statements.get(evidence)
            same = evidence not in named
            if statements is None:
                path = self.originals.get(evidence)
                same = same and "sha256:" + row[7] == self.recorded.get(evidence, [None])[0]
                if same and path:
                    same = row[6:9] == [str(self.files[path])] + self.sums.get(path, [None, None])
            for stated, _ in (statements or {}).values():
                same = same and row[6:9] == [stated[name] for name in ("size", "sha256", "sm3")]
            if not same or row[3] != self.originals.get(evidence, ""):
                self.fault(LIST, "list", str(line))
            named.add(evidence)
        for evidence in sorted(set(self.statements) - named):
            where = "data/statements/%s/%d.note" % (evidence, min(self.statements[evidence]))
            self.fault(where, "not-listed")
        for evidence in sorted(set(self.recorded) - named):
            where = "proofs/%s/%d.entry" % (evidence, self.recorded[evidence][1])
            self.fault(where, "not-listed")

    # 5. Time stamps.

    def check_stamps(self):
        pairs = sorted({(int(size), algorithm) for _, (size, algorithm) in self.kind("stamp")})
        if not pairs:
            self.notice("tsa", "no-stamp")
        for size, algorithm in pairs:
            answer = "tsa/%d.%s.tsr" % (size, algorithm)
            self.at(answer, self.check_stamp, size, algorithm, answer)

    def check_stamp(self, size, algorithm, answer):
        request = "tsa/%d.%s.tsq" % (size, algorithm)
        for path in (request, answer):
            if path not in self.files:
                self.fault(path, "absent")
                return
        if not self.head or size not in self.heads:
            raise Bad("no-head")
        root = base64.b64encode(self.heads[size]).decode()
        head = os.path.join(self.folder, "head")
        with open(head, "wb") as file:
            file.write(("%s\n%d\n%s\n" % (self.head.origin, size, root)).encode())
        if self.tsa_ca is None:
            self.notice(answer, "stamp-untrusted")
            return
        # Certificates are judged at the time that the stamp states, not today.
        shown = run("ts", "-reply", "-in", self.path(answer), "-text").stdout.decode("utf-8", "replace")
        moment = re.search(r"Time stamp: (\w{3} +\d+ \d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT", shown)
        if not moment:
            raise Bad("stamp")
        months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
        month, day, clock = moment.group(1).split()
        hour, minute, second = map(int, clock.split(":"))
        at = calendar.timegm((int(moment.group(2)), months.index(month) + 1, int(day), hour, minute,
                              second, 0, 0, 0))
        trust = ["-CAfile", self.tsa_ca, "-attime", str(at)]
        if "tsa/chain.pem" in self.files:
            # This option takes a list and would split a path at a blank: hence the relative one.
            trust += ["-untrusted", "tsa/chain.pem"]
        for about in (["-queryfile", self.path(request)], ["-data", head]):
            done = run("ts", "-verify", "-in", self.path(answer), *about, *trust, folder=self.bag)
            if done.returncode != 0:
                raise Bad("stamp")
        self.stamped += 1
        self.time = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(at))

    def check_policy(self):
        if self.read("policy.txt") != self.policy_text:
            self.notice("policy.txt", "other-policy")


def say(words, key, *args):
    return words[key].format(*args)


def walk(check, words, policy_text):
    """All steps in order, one line each."""
    check.policy_text = policy_text

    def step(name, work, *args):
        before = len(check.faults)
        work()
        mark = words["ok"] if len(check.faults) == before else words["fault"]
        print("[%s] %s" % (mark, say(words, name, *[arg() for arg in args])))

    step("step-files", lambda: (check.walk(), check.hash(), check.manifests()),
         lambda: len(check.files))
    step("step-head", lambda: (check.at("log/checkpoint", check.check_head), check.check_older()),
         lambda: check.head.size if check.head else "?", lambda: ", ".join(check.names) or "-")
    step("step-seal", lambda: (check.at("bag.note", check.check_seal), check.check_keys(),
                               check.at("policy.txt", check.check_policy)))
    step("step-leaves", check.check_leaves, lambda: len(check.leaves))
    step("step-statements", check.check_statements,
         lambda: sum(map(len, check.statements.values())))
    step("step-originals", lambda: (check.check_records(), check.check_runs(), check.check_originals(),
                                   check.at(LIST, check.check_list)),
         lambda: len(check.originals))
    step("step-stamps", check.check_stamps, lambda: check.stamped,
         lambda: getattr(check, "time", "-"))


def keys_inside(bag):
    for folder, _, names in os.walk(os.path.join(bag, "keys", "log")):
        for name in sorted(names):
            if name.endswith(".vkey"):
                try:
                    with open(os.path.join(folder, name), encoding="utf-8") as file:
                        key = Key(file.read(4096).removesuffix("\n"))
                    yield key
                except (Bad, OSError, ValueError):
                    continue


def language(asked):
    if asked:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    return "zh"


def tell_notices(notices, words, each):
    """One line each, or one for all that say the same, where they are many."""
    places = {}
    for where, code in notices:
        places.setdefault(code, []).append(where)
    for code, said in places.items():
        if len(said) > FEW_NOTICES and not each:
            said = [say(words, "many", said[0], len(said))]
        for where in said:
            print("[%s] %s: %s" % (words["notice"], where, words[code]))


def main():
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser(description="Check an evidence bag / \u67e5\u9a8c\u8bc1\u636e\u5305")
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir)
    parser.add_argument("bag", nargs="?", default=beside)
    parser.add_argument("--log-key", help="verifier key of the log, or a file with it")
    parser.add_argument("--policy", help="file with the trust policy")
    parser.add_argument("--tsa-ca", help="PEM file with the root of the time stamp authority")
    parser.add_argument("--lang", choices=("zh", "en"))
    parser.add_argument("--all", action="store_true", help="list each note, however many say the same")
    asked = parser.parse_args()
    words = WORDS[language(asked.lang)]
    bag = os.path.abspath(asked.bag)

    def stop(code, *message):
        print(say(words, *message), file=sys.stderr)
        return code

    if not os.path.isdir(bag):
        return stop(3, "absent-bag", bag)
    try:
        version = run("version").stdout.decode("utf-8", "replace").strip()
    except OSError:
        version = "-"
    found = re.match(r"OpenSSL (\d+)\.", version)
    if not found or int(found.group(1)) < 3:
        return stop(2, "bad-openssl", version)
    if not asked.log_key or not asked.policy:
        stop(2, "no-anchor")
        for key in keys_inside(bag):
            print("  %s  %s" % (key.name, key.fingerprint()), file=sys.stderr)
        return 2
    try:
        string = asked.log_key
        if os.path.isfile(string):
            with open(string, encoding="utf-8") as file:
                string = file.read().strip()
        log_key = Key(string)
    except (Bad, OSError, ValueError):
        return stop(2, "bad-key", asked.log_key)
    try:
        with open(asked.policy, "rb") as file:
            policy_text = file.read()
        policy = Policy(policy_text)
    except (Bad, OSError) as error:
        return stop(2, "bad-policy", "%s %s" % (asked.policy, getattr(error, "detail", "")))
    if log_key.string not in [key.string for key in policy.logs]:
        return stop(2, "not-in-policy")
    # One object for one key, wherever it came from.
    log_key = next(key for key in policy.logs if key.string == log_key.string)
    print(say(words, "title", bag))
    print(say(words, "anchor", log_key.name, log_key.fingerprint()))
    with tempfile.TemporaryDirectory() as folder:
        tsa_ca = os.path.abspath(asked.tsa_ca) if asked.tsa_ca else None
        check = Check(bag, log_key, policy, tsa_ca, folder)
        walk(check, words, policy_text)
    tell_notices(check.notices, words, asked.all)
    for where, code, detail in sorted(check.faults):
        print("[%s] %s: %s" % (words["fault"], where, say(words, code, detail)))
    if check.faults:
        print(say(words, "broken", len(check.faults)))
        return 5
    print(words["sound"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
