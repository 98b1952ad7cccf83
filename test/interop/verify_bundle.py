#!/usr/bin/env python3
"""Verifies Gleitzeit bundles: files with events of a log and all that proves them, read without the log.

    verify_bundle.py VKEYS_FILE [--checkpoint OLDER_NOTE_FILE] < list-of-bundle-paths

VKEYS_FILE has the verifier keys that you trust, one a line (`#` comments and empty lines are allowed). For each path on
standard input one line of JSON goes to standard output: {"ok":true,"complete":…} or {"ok":false,"kind":…,"line":…}.
It needs Python 3 and the `openssl` command (for Ed25519), nothing else. A file is read line by line; what is kept is one
line, a position for each stream, the hashes of blobs, and at most 53 hashes of the tree.

Order of the parts: errors, JSON (RFC 8785), small formats, tree (RFC 9162), notes, lines, the verifier, the command.
"""
import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unicodedata

EMPTY_ROOT = hashlib.sha256(b"").digest()
ENDS = {"RunSucceeded", "RunFailed", "RunCancelled"}


class Wrong(Exception):
    """The first thing that is wrong in a bundle."""

    def __init__(self, kind, has_line=True, line=None):
        super().__init__(kind)
        self.kind, self.has_line, self.line = kind, has_line, line


def need(condition, kind="altered line", has_line=True):
    if not condition:
        raise Wrong(kind, has_line)


# --- JSON: RFC 8785 -----------------------------------------------------------------------------------------------

def read_number(text):
    value = float(text)  # never int(text): thousands of digits are slow there, or refused
    if value.is_integer() and abs(value) < 2**53:
        return int(value)
    if value in (float("inf"), float("-inf")):
        raise ValueError("number out of range")
    return value


def refuse_constant(name):
    raise ValueError(name + " is not JSON")  # Python alone would take NaN and Infinity


decoder = json.JSONDecoder(parse_int=read_number, parse_float=read_number, parse_constant=refuse_constant)
quote = json.JSONEncoder(ensure_ascii=False).encode  # for a string, Python escapes what RFC 8785 escapes, in its way


def write_float(value):
    """A number that is no whole number below 2^53, as ECMAScript writes it; repr has the same, shortest, digits."""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    if len(digits) <= point <= 21:
        text = digits + "0" * (point - len(digits))
    elif 0 < point <= 21:
        text = digits[:point] + "." + digits[point:]
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        text = digits[0] + ("." + digits[1:] if len(digits) > 1 else "") + "e%+d" % (point - 1)
    return ("-" if value < 0 else "") + text


def jcs(value):
    if isinstance(value, str):
        return quote(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return write_float(value)
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join([quote(name) + ":" + jcs(value[name]) for name in names]) + "}"


def parse_object(raw):
    """The object in these bytes, which must be exactly its RFC 8785 text."""
    try:
        value = decoder.decode(raw.decode("utf-8"))
        same = jcs(value).encode("utf-8") == raw  # a lone surrogate cannot be encoded, and is refused so
    except (ValueError, RecursionError):
        raise Wrong("altered line") from None
    need(same and isinstance(value, dict))
    return value


# --- Small formats ------------------------------------------------------------------------------------------------

def has_fields(value, *names):
    return isinstance(value, dict) and set(value) == set(names)


def strings(value):
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def is_count(value):
    return type(value) is int and value >= 0  # read_number makes an int only of what is below 2^53


def decimal(text, kind="altered line"):
    need(isinstance(text, str) and re.fullmatch("0|[1-9][0-9]{0,15}", text) and int(text) < 2**53, kind)
    return int(text)


def unbase64(text, kind="altered line"):
    need(isinstance(text, str), kind)
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        raise Wrong(kind) from None
    need(base64.b64encode(data).decode() == text, kind)
    return data


def unbase64_all(path):
    return [unbase64(hash_, "bad proof") for hash_ in path]


# --- The tree: RFC 9162 -------------------------------------------------------------------------------------------

def leaf_hash(leaf):
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def climb(fn, sn, first, second, path):
    """The common part of 2.1.3.2 and 2.1.4.2: the roots of an older tree and of the tree, from their proof."""
    for sibling in path:
        need(sn != 0 and len(sibling) == 32, "bad proof")
        if fn & 1 or fn == sn:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = node_hash(second, sibling)
        fn, sn = fn >> 1, sn >> 1
    need(sn == 0, "bad proof")
    return first, second


def check_consistency(size1, root1, size2, root2, proof):
    if size1 == size2:
        need(not proof and root1 == root2, "bad proof")
        return
    need(0 < size1 < size2 and proof and len(root1) == len(proof[0]) == 32, "bad proof")
    path = [root1] + proof if size1 & (size1 - 1) == 0 else proof
    fn, sn = size1 - 1, size2 - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    need(climb(fn, sn, path[0], path[0], path[1:]) == (root1, root2), "bad proof")


class Tree:
    """Takes leaves one by one; keeps only the roots of the full subtrees, the largest first."""

    def __init__(self):
        self.size, self.roots = 0, []

    def add(self, hash_):
        rest = self.size
        while rest & 1:
            hash_, rest = node_hash(self.roots.pop(), hash_), rest >> 1
        self.roots.append(hash_)
        self.size += 1

    def root(self):
        if not self.roots:
            return EMPTY_ROOT
        hash_ = self.roots[-1]
        for left in self.roots[-2::-1]:
            hash_ = node_hash(left, hash_)
        return hash_


# --- Keys, notes, checkpoints -------------------------------------------------------------------------------------

def is_control(char):
    return unicodedata.category(char) == "Cc"


def is_name(name):
    return name != "" and not any(char == "+" or char.isspace() or is_control(char) for char in name)


def parse_vkey(text):
    """(name, id, public key), the last two as bytes."""
    parts = text.split("+", 2) if isinstance(text, str) else []
    need(len(parts) == 3 and is_name(parts[0]) and re.fullmatch("[0-9a-f]{8}", parts[1]))
    key = unbase64(parts[2])
    need(len(key) == 33 and key[0] == 1)
    need(hashlib.sha256(parts[0].encode("utf-8") + b"\n" + key).hexdigest()[:8] == parts[1])
    return parts[0], bytes.fromhex(parts[1]), key[1:]


verified = {}  # (public key, signature, hash of the text) → whether it is good; openssl is slow to start


def ed25519(key, signature, text):
    entry = (key, signature, hashlib.sha256(text).digest())
    if entry not in verified:
        with tempfile.TemporaryDirectory() as folder:
            names = [os.path.join(folder, name) for name in ("key", "signature", "text")]
            spki = bytes.fromhex("302a300506032b6570032100") + key
            for name, content in zip(names, (spki, signature, text)):
                with open(name, "wb") as file:
                    file.write(content)
            done = subprocess.run(["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", names[0],
                                   "-sigfile", names[1], "-in", names[2]], capture_output=True, check=False)
        verified[entry] = done.returncode == 0
    return verified[entry]


def read_checkpoint(note, origin):
    """(size, root, text, signature lines) of a signed checkpoint of this origin; no signature is verified yet."""
    bad = "bad signature"
    need(note.endswith("\n") and not any(is_control(char) and char != "\n" for char in note), bad)
    text, gap, tail = note.rpartition("\n\n")
    lines = [line.split(" ") for line in tail[:-1].split("\n")]
    need(gap and 1 <= len(lines) <= 100, bad)
    signatures = []
    for line in lines:
        need(len(line) == 3 and line[0] == "\u2014" and is_name(line[1]), bad)
        data = unbase64(line[2], bad)
        need(len(data) > 4, bad)
        signatures.append((line[1], data[:4], data[4:]))
    fields = text.split("\n")
    need(len(fields) == 3 and fields[0] == origin, bad)
    size, root = decimal(fields[1], bad), unbase64(fields[2], bad)
    need(len(root) == 32, bad)
    return size, root, (text + "\n").encode("utf-8"), signatures


def check_signatures(text, signatures, origin, keys):
    found = False
    for name, id_, signature in signatures:
        known = [key for key in keys if key[0] == name == origin and key[1] == id_]
        found = found or bool(known)
        need(not known or len(signature) == 64 and any(ed25519(key[2], signature, text) for key in known), "bad signature")
    need(found, "unknown key")


# --- Lines --------------------------------------------------------------------------------------------------------

EVENT = {"data": dict, "id": str, "metadata": dict, "recordedAt": str, "stream": str, "type": str}
LEAF = {"at": str, "commitment": str, "id": str, "stream": str, "tenant": str, "type": str}


def check_record(value, kinds, *more):
    need(has_fields(value, "revision", "schemaVersion", *kinds, *more))
    need(all(isinstance(value[name], kind) for name, kind in kinds.items()))
    need(is_count(value["revision"]) and is_count(value["schemaVersion"]))


def read_entry(value, everything):
    """(leaf index, record, hash of the leaf, proof) of an event or leaf line; the record has `stream` and `revision`."""
    if "leaf" in value:
        need(everything and has_fields(value, "leaf", "leafIndex"))
        leaf = unbase64(value["leaf"])
        record = parse_object(leaf)
        check_record(record, LEAF, "v")
        need(record["v"] == 1 and type(record["v"]) is int and len(unbase64(record["commitment"])) == 32)
        return decimal(value["leafIndex"]), record, leaf_hash(leaf), []
    need(has_fields(value, "event", "leafIndex", "salt", *([] if everything else ["proof"])))
    event, salt, proof = value["event"], unbase64(value["salt"]), value.get("proof", [])
    check_record(event, EVENT)
    need(len(salt) == 16 and strings(proof))
    payload = jcs({"data": event["data"], "metadata": event["metadata"]}).encode("utf-8")
    commitment = hashlib.sha256(b"gleitzeit/event/v1\n" + salt + payload).digest()
    leaf = {name: event[name] for name in ("id", "revision", "schemaVersion", "stream", "type")}
    leaf.update(at=event["recordedAt"], commitment=base64.b64encode(commitment).decode(), tenant=event["metadata"].get("tenant"), v=1)
    return decimal(value["leafIndex"]), event, leaf_hash(jcs(leaf).encode("utf-8")), proof


# --- The verifier -------------------------------------------------------------------------------------------------

class Bundle:
    def __init__(self, file, trusted, older):
        self.file, self.trusted, self.older_note = file, trusted, older
        self.line, self.sum = 0, hashlib.sha256()
        self.tree, self.index, self.events = Tree(), -1, 0  # index: that of the event or leaf line before
        self.older = None        # (size, root) of the older checkpoint
        self.tenant = None       # of a run's bundle, from its first event
        self.next_revision = {}  # stream → revision that comes next
        self.ended = {}          # stream of the bundle's run and of each run named in it → is its last event an end
        self.finished = set()    # streams of children that a ChildRunFinished names
        self.named, self.blobs = {}, set()  # named: hash → the first line that names it

    def verify(self):
        """Whether the bundle is complete; raises Wrong."""
        done = False
        for raw in self.file:
            self.line += 1
            need(raw.endswith(b"\n"), "truncated file")
            need(not done)
            value = parse_object(raw[:-1])
            if self.line == 1:
                self.header(value)
            elif "event" in value or "leaf" in value:
                self.entry(value)
            elif "blob" in value:
                self.blob(value)
            else:
                self.end(value)
                done = True
            self.sum.update(raw)
        if not done:
            raise Wrong("truncated file", has_line=False)
        return self.everything or all(self.ended.values())

    def header(self, value):
        need(has_fields(value, "checkpoint", "consistency", "createdAt", "format", "oldVkeys", "origin", "scope", "vkey"))
        need(value["format"] == "gleitzeit.bundle/v1" and isinstance(value["checkpoint"], str))
        need(isinstance(value["createdAt"], str))
        scope = self.scope = value["scope"]
        self.everything = has_fields(scope, "all") and scope["all"] is True
        need(self.everything or has_fields(scope, "children", "run") and isinstance(scope["children"], bool)
             and isinstance(scope["run"], str) and scope["run"])
        need(strings(value["oldVkeys"]) and isinstance(value["consistency"], list))
        vkeys = [parse_vkey(text) for text in [value["vkey"]] + value["oldVkeys"]]
        origin = value["origin"]
        need(all(key[0] == origin for key in vkeys) and len(set(vkeys)) == len(vkeys))
        self.size, self.root, text, signatures = read_checkpoint(value["checkpoint"], origin)
        check_signatures(text, signatures, origin, vkeys[:1])
        check_signatures(text, signatures, origin, self.trusted)
        bad, heads = "bad proof", [(self.size, self.root)]
        for head in value["consistency"]:
            need(has_fields(head, "proof", "root", "size") and strings(head["proof"]), bad)
            size, root = decimal(head["size"], bad), unbase64(head["root"], bad)
            check_consistency(size, root, self.size, self.root, unbase64_all(head["proof"]))
            heads.append((size, root))
        if self.older_note is not None:
            try:
                size, root, text, signatures = read_checkpoint(self.older_note, origin)
                check_signatures(text, signatures, origin, self.trusted)
            except Wrong as wrong:
                raise Wrong(wrong.kind, has_line=False) from None  # it is no line of the bundle
            need(size <= self.size, "not consistent", has_line=False)
            need(self.everything or size == 0 or (size, root) in heads, "not consistent", has_line=False)
            self.older = size, root

    def entry(self, value):
        index, record, hash_, proof = read_entry(value, self.everything)
        need(index < self.size and index != self.index, "extra event")
        need(index > self.index, "wrong order")
        if self.everything:
            expected = self.tree.size
            if index > expected:
                self.missing(lambda other, _: other == expected)
            self.tree.add(hash_)
            if self.older and self.older[0] == self.tree.size:
                need(self.older[1] == self.tree.root(), "not consistent", has_line=False)
        else:
            path = unbase64_all(proof)
            need(climb(index, self.size - 1, hash_, hash_, path)[1] == self.root, "altered event")
            self.belongs(record)
        self.index = index

        stream, revision = record["stream"], self.next_revision.get(record["stream"], 0)
        need(record["revision"] >= revision, "extra event")
        if record["revision"] > revision:
            self.missing(lambda _, other: other["stream"] == stream and other["revision"] == revision)
        self.next_revision[stream] = revision + 1
        if "event" in value:
            self.events += 1
            for blob in re.findall(r'[{,]"\$blob":"sha256-([0-9a-f]{64})"', jcs(record["data"])):
                self.named.setdefault(blob, self.line)
            if not self.everything:
                self.follow(record)

    def belongs(self, event):
        if self.tenant is None:
            self.tenant = event["metadata"]["tenant"]
            self.ended["run-%s.%s" % (self.tenant, self.scope["run"])] = False
        need(event["stream"] in self.ended and event["metadata"]["tenant"] == self.tenant, "extra event")

    def follow(self, event):
        self.ended[event["stream"]] = event["type"] in ENDS
        run = event["data"].get("run")
        if self.scope["children"] and event["type"] in ("ChildRunStarted", "ChildRunFinished") and isinstance(run, str):
            child = "run-%s.%s" % (self.tenant, run)
            self.ended.setdefault(child, False)
            if event["type"] == "ChildRunFinished":
                self.finished.add(child)

    def missing(self, is_it):
        """One is missing before this line: it is in wrong order if the rest of the file has it, whatever else is there."""
        for raw in self.file:
            try:
                index, record, _, _ = read_entry(parse_object(raw[:-1]), self.everything)
            except Wrong:
                continue
            need(not is_it(index, record), "wrong order")
        raise Wrong("missing event")

    def blob(self, value):
        need(has_fields(value, "base64", "blob"))
        name = hashlib.sha256(unbase64(value["base64"])).hexdigest()
        need(value["blob"] == "sha256-" + name, "altered blob")
        need(name not in self.blobs, "extra blob")
        self.blobs.add(name)

    def end(self, value):
        need(has_fields(value, "end", "events", "sha256") and value["end"] is True and is_count(value["events"]))
        need(isinstance(value["sha256"], str) and re.fullmatch("[0-9a-f]{64}", value["sha256"]))
        need(value["events"] <= self.events, "missing event")
        need(value["events"] >= self.events, "extra event")
        if self.everything:
            need(self.tree.size == self.size, "missing event", has_line=False)
            need(self.tree.root() == self.root, "altered event", has_line=False)
        else:
            is_whole = self.events > 0 and all(self.ended[child] for child in self.finished)
            need(is_whole, "missing event", has_line=False)
        for blob, line in self.named.items():
            if blob not in self.blobs:
                raise Wrong("missing blob", line=line)
        need(value["sha256"] == self.sum.hexdigest())


# --- The command --------------------------------------------------------------------------------------------------

def verify_file(path, trusted, older):
    try:
        file = open(path, "rb")
    except (OSError, ValueError) as error:
        print("%r: %s" % (path, error), file=sys.stderr)
        return {"ok": False, "kind": "unreadable file", "line": None}
    with file:
        bundle = Bundle(file, trusted, older)
        try:
            return {"ok": True, "complete": bundle.verify()}
        except Wrong as wrong:
            return {"ok": False, "kind": wrong.kind, "line": (wrong.line or bundle.line) if wrong.has_line else None}


def verify_all(trusted, older):
    for path in sys.stdin.buffer:
        if path.strip():
            print(json.dumps(verify_file(path.rstrip(b"\n"), trusted, older)), flush=True)


def main(arguments):
    if len(arguments) not in (1, 3) or len(arguments) == 3 and arguments[1] != "--checkpoint":
        sys.exit("usage: verify_bundle.py VKEYS_FILE [--checkpoint OLDER_NOTE_FILE] < list-of-bundle-paths")
    if not shutil.which("openssl"):
        sys.exit("verify_bundle.py needs the openssl command")
    with open(arguments[0], encoding="utf-8") as file:
        lines = [line.strip() for line in file]
    try:
        trusted = [parse_vkey(line) for line in lines if line and not line.startswith("#")]
    except Wrong:
        sys.exit("%s: a line is not a vkey" % arguments[0])
    older = None
    if len(arguments) == 3:
        try:
            with open(arguments[2], encoding="utf-8", newline="") as file:
                older = file.read()
        except UnicodeDecodeError:
            older = ""  # which is no note
    # JSON may be nested as deep as it likes: a thread with room for it. Deeper still is refused, and is not a crash.
    sys.setrecursionlimit(50_000)
    threading.stack_size(256 * 1024 * 1024)
    thread = threading.Thread(target=verify_all, args=(trusted, older))
    thread.start()
    thread.join()


if __name__ == "__main__":
    main(sys.argv[1:])
