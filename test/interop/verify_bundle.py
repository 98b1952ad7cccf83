"""A second verifier of bundles, written from docs/bundle.md alone: Python's standard library, and openssl for Ed25519.

    python3 verify_bundle.py VKEY_FILE [--checkpoint FILE] < list of bundle files, one a line
prints a JSON object a line: {"ok": true, "complete": ...} or {"ok": false, "kind": "...", "line": n}.
"""

import base64
import binascii
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

ENDS = ("RunSucceeded", "RunFailed", "RunCancelled")
BLOB = re.compile(r'"\$blob":"(sha256-[0-9a-f]{64})"')


class Wrong(Exception):
    def __init__(self, kind, line=None, wanted=None):
        super().__init__(kind)
        self.kind, self.line, self.wanted = kind, line, wanted


def sha(data):
    return hashlib.sha256(data).digest()


def b64(text, length=None):
    if not isinstance(text, str):
        return None
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    if base64.b64encode(data).decode() != text or (length is not None and len(data) != length):
        return None
    return data


def decimal(text):
    if not isinstance(text, str) or not re.fullmatch(r"0|[1-9][0-9]*", text):
        return None
    return int(text) if int(text) < 2**53 else None


def number_text(value):
    """A number as ECMAScript writes it: what RFC 8785 wants."""
    if isinstance(value, int):
        value = float(value)
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError("no number of JSON")
    if value == 0:
        return "0"
    mantissa, exponent = ("%r" % abs(value)), 0
    if "e" in mantissa:
        mantissa, e = mantissa.split("e")
        exponent = int(e)
    whole, _, part = mantissa.partition(".")
    part = "" if part == "0" else part
    digits = (whole + part).lstrip("0")
    point = len(whole) + exponent - (len(whole + part) - len((whole + part).lstrip("0")))
    digits = digits.rstrip("0")
    n, k = point, len(digits)
    if k <= n <= 21:
        text = digits + "0" * (n - k)
    elif 0 < n <= 21:
        text = digits[:n] + "." + digits[n:]
    elif -6 < n <= 0:
        text = "0." + "0" * -n + digits
    else:
        e = n - 1
        text = digits[0] + ("." + digits[1:] if k > 1 else "") + "e" + ("+" if e > 0 else "-") + str(abs(e))
    return ("-" if value < 0 else "") + text


def canonical(value):
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, str):
        value.encode("utf-8")  # a lone surrogate has no bytes
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\x7f")
    if isinstance(value, list):
        return "[" + ",".join(canonical(v) for v in value) + "]"
    keys = sorted(value, key=lambda k: k.encode("utf-16-be"))
    return "{" + ",".join(canonical(k) + ":" + canonical(value[k]) for k in keys) + "}"


def leaf_hash(leaf):
    return sha(b"\0" + leaf)


def node_hash(left, right):
    return sha(b"\1" + left + right)


def inclusion_root(leaf, index, size, path):
    if path is None:
        return None
    fn, sn, root = index, size - 1, leaf
    for step in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            root = node_hash(step, root)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            root = node_hash(root, step)
        fn, sn = fn >> 1, sn >> 1
    return root if sn == 0 else None


def consistent(size1, root1, size2, root2, path):
    if not 0 < size1 <= size2:
        return False
    if size1 == size2:
        return not path and root1 == root2
    fn, sn = size1 - 1, size2 - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    path = list(path) if fn else [root1] + list(path)
    if not path:
        return False
    fr = sr = path[0]
    for step in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(step, fr), node_hash(step, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == root1 and sr == root2


def vkey_of(text):
    match = re.fullmatch(r"([^+]+)\+([0-9a-f]{8})\+(.+)", text) if isinstance(text, str) else None
    key = b64(match.group(3), 33) if match else None
    if not key or key[0] != 1:
        return None
    name = match.group(1)
    if re.search(r"[\s\x00-\x1f\x7f-\x9f]", name):
        return None
    if sha(name.encode() + b"\n\1" + key[1:]).hex()[:8] != match.group(2):
        return None
    return name, match.group(2), key[1:]


VERIFIED = {}


def ed25519(public, message, signature):
    known = (public, message, signature)
    if known not in VERIFIED:
        VERIFIED[known] = openssl(public, message, signature)
    return VERIFIED[known]


def openssl(public, message, signature):
    der = bytes.fromhex("302a300506032b6570032100") + public
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, n) for n in ("key", "message", "signature")]
        for name, data in zip(names, (der, message, signature)):
            with open(name, "wb") as file:
                file.write(data)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", names[0], "-rawin"]
        done = subprocess.run(command + ["-in", names[1], "-sigfile", names[2]], capture_output=True)
        return done.returncode == 0


def checkpoint_in(note, origin, keys, line=None):
    end = note.rfind("\n\n") + 1 if isinstance(note, str) else 0
    lines = note[end + 1 :].split("\n") if end > 1 else [""]
    if re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", note or "") or lines[-1] != "" or not 1 < len(lines) <= 101:
        raise Wrong("bad signature", line)
    text, signatures = note[:end], []
    for one in lines[:-1]:
        parts = one.split(" ")
        data = b64(parts[2]) if len(parts) == 3 else None
        if len(parts) != 3 or parts[0] != "\u2014" or not parts[1] or "+" in parts[1] or not data or len(data) < 5:
            raise Wrong("bad signature", line)
        signatures.append((parts[1], data[:4].hex(), data[4:]))
    known = 0
    for name, ident, signature in signatures:
        for key in keys:
            if key[0] == origin and key[:2] == (name, ident):
                if not ed25519(key[2], text.encode(), signature):
                    raise Wrong("bad signature", line)
                known += 1
    if not known:
        raise Wrong("unknown key", line)
    body = text.split("\n")
    size, root = (decimal(body[1]), b64(body[2], 32)) if len(body) > 3 else (None, None)
    if size is None or root is None or body[0] != origin or body[-1] != "":
        raise Wrong("bad signature", line)
    return size, root


def fields(value, names):
    return isinstance(value, dict) and sorted(value) == sorted(names.split())


def path_of(proof):
    path = [b64(step, 32) for step in proof] if isinstance(proof, list) else [None]
    return None if None in path else path


class Bundle:
    def __init__(self, header, keys, since):
        if not fields(header, "checkpoint consistency createdAt format oldVkeys origin scope vkey"):
            raise Wrong("altered line", 1)
        scope, origin = header["scope"], header["origin"]
        self.all = fields(scope, "all") and scope["all"] is True
        is_run = fields(scope, "run children") and isinstance(scope["run"], str) and isinstance(scope["children"], bool)
        if header["format"] != "gleitzeit.bundle/v1" or not isinstance(header["createdAt"], str) or not (self.all or is_run):
            raise Wrong("altered line", 1)
        if not isinstance(header["oldVkeys"], list) or not isinstance(header["consistency"], list):
            raise Wrong("altered line", 1)
        own = [vkey_of(text) for text in [header["vkey"]] + header["oldVkeys"]]
        if any(key is None or key[0] != origin for key in own):
            raise Wrong("altered line", 1)
        checkpoint_in(header["checkpoint"], origin, own[:1], 1)
        self.size, self.root = checkpoint_in(header["checkpoint"], origin, keys, 1)
        self.older = [(self.size, self.root)]
        for entry in header["consistency"]:
            ok = fields(entry, "size root proof")
            size, root, path = (decimal(entry["size"]), b64(entry["root"], 32), path_of(entry["proof"])) if ok else (None,) * 3
            if None in (size, root, path) or not consistent(size, root, self.size, self.root, path):
                raise Wrong("bad proof", 1)
            self.older.append((size, root))
        self.scope, self.since = scope, None
        if since is not None:
            self.since = checkpoint_in(since, origin, keys)
            roots = [root for size, root in self.older if size == self.since[0]]
            if self.since[0] > 0 and not self.all and (not roots or any(r != self.since[1] for r in roots)):
                raise Wrong("not consistent")
            if self.since[0] > self.size:
                raise Wrong("not consistent")
        self.last, self.events, self.parts, self.count = -1, 0, [], 0
        self.streams, self.finished, self.named, self.held = {}, set(), {}, set()

    def tree_root(self):
        root = None
        for part in reversed(self.parts):
            root = part if root is None else node_hash(part, root)
        return sha(b"") if root is None else root

    def take_leaf(self, leaf, index_text, line, proof=None):
        index = decimal(index_text)
        if index is None or index >= self.size or index == self.last:
            raise Wrong("extra event", line)
        if index < self.last:
            raise Wrong("wrong order", line)
        if self.all:
            if index > self.last + 1:
                raise Wrong("missing event", line, ("leaf", str(self.last + 1)))
            node, n = leaf_hash(leaf), self.count
            while n & 1:
                node, n = node_hash(self.parts.pop(), node), n >> 1
            self.parts.append(node)
            self.count += 1
            if self.since and self.since[0] == self.count and self.tree_root() != self.since[1]:
                raise Wrong("not consistent")
        else:
            root = inclusion_root(leaf_hash(leaf), index, self.size, path_of(proof))
            if root is None:
                raise Wrong("bad proof", line)
            if root != self.root:
                raise Wrong("altered event", line)
        self.last = index

    def take_place(self, stream, revision, kind, data, line):
        known = stream in self.streams
        first = not self.streams and stream.startswith("run-") and stream.endswith("." + str(self.scope.get("run")))
        if not (self.all or known or first):
            raise Wrong("extra event", line)
        due = self.streams.get(stream, (0, False))[0]
        if revision < due:
            raise Wrong("extra event", line)
        if revision > due:
            raise Wrong("missing event", line, ("place", stream, due))
        self.streams[stream] = (due + 1, kind in ENDS)
        if not self.all and self.scope["children"] and kind.startswith("ChildRun"):
            child = stream[: stream.rindex(".")] + "." + str(data.get("run"))
            self.streams.setdefault(child, (0, False))
            if kind == "ChildRunFinished":
                self.finished.add(child)

    def take(self, value, line):
        if "event" in value:
            self.take_event(value, line)
        elif "leaf" in value:
            leaf = b64(value["leaf"])
            inner = parsed(leaf) if leaf else None
            if not self.all or not inner or not inner[1] or not fields(value, "leaf leafIndex"):
                raise Wrong("altered line", line)
            self.take_leaf(leaf, value["leafIndex"], line)
            self.take_place(str(inner[0].get("stream")), inner[0].get("revision"), str(inner[0].get("type")), {}, line)
        else:
            data = b64(value.get("base64"))
            if not data or not fields(value, "base64 blob"):
                if not (data == b"" and fields(value, "base64 blob")):
                    raise Wrong("altered line", line)
            if "sha256-" + sha(data).hex() != value["blob"]:
                raise Wrong("altered blob", line)
            if value["blob"] in self.held:
                raise Wrong("extra blob", line)
            self.held.add(value["blob"])

    def take_event(self, value, line):
        event, salt = value["event"], b64(value.get("salt"), 16)
        names = "event leafIndex salt" if self.all else "event leafIndex proof salt"
        ok = fields(value, names) and fields(event, "data id metadata recordedAt revision schemaVersion stream type")
        ok = ok and salt and isinstance(event["data"], dict) and isinstance(event["metadata"], dict)
        ok = ok and isinstance(event["stream"], str) and isinstance(event["type"], str)
        if not ok or isinstance(event["revision"], bool) or not isinstance(event["revision"], (int, float)):
            raise Wrong("altered line", line)
        data = canonical(event["data"])
        payload = '{"data":' + data + ',"metadata":' + canonical(event["metadata"]) + "}"
        leaf = {name: event[name] for name in ("id", "revision", "schemaVersion", "stream", "type")}
        leaf["v"], leaf["at"] = 1, event["recordedAt"]
        if "tenant" in event["metadata"]:
            leaf["tenant"] = event["metadata"]["tenant"]
        leaf["commitment"] = base64.b64encode(sha(b"gleitzeit/event/v1\n" + salt + payload.encode())).decode()
        self.take_leaf(canonical(leaf).encode(), value["leafIndex"], line, value.get("proof"))
        self.take_place(event["stream"], event["revision"], event["type"], event["data"], line)
        self.events += 1
        for blob in BLOB.findall(data):
            self.named.setdefault(blob, line)

    def end(self, value, digest, line):
        if value.get("end") is not True or not fields(value, "end events sha256"):
            raise Wrong("altered line", line)
        events = value["events"]
        is_number = isinstance(events, (int, float)) and not isinstance(events, bool)
        if is_number and events > self.events:
            raise Wrong("missing event", line)
        if not is_number or events != self.events:
            raise Wrong("extra event", line)
        if self.all:
            if self.count < self.size:
                raise Wrong("missing event")
            if self.tree_root() != self.root:
                raise Wrong("altered event")
        runs = {s: over for s, (_, over) in self.streams.items() if s.startswith("run-")}
        if not self.all and not runs:
            raise Wrong("missing event")
        if not self.all and any(not runs[child] for child in self.finished):
            raise Wrong("missing event")
        for blob, where in self.named.items():
            if blob not in self.held:
                raise Wrong("missing blob", where)
        if value["sha256"] != digest:
            raise Wrong("altered line", line)
        return {"ok": True, "complete": self.all or all(runs.values())}


def parsed(data):
    try:
        text = data.decode("utf-8")
        value = json.loads(text)
        return (value, canonical(value) == text) if isinstance(value, dict) else None
    except (ValueError, RecursionError, OverflowError):
        return None


def verify(file, keys, since):
    whole, bundle, verdict, lines = hashlib.sha256(), None, None, iter(file)
    try:
        for number, raw in enumerate(lines, 1):
            line = parsed(raw.rstrip(b"\n") if raw.endswith(b"\n") else raw)
            if not raw.endswith(b"\n"):
                raise Wrong("truncated file", number)
            if verdict or not line or not line[1]:
                raise Wrong("altered line", number)
            if not bundle:
                bundle = Bundle(line[0], keys, since)
            elif "end" in line[0]:
                verdict = bundle.end(line[0], whole.hexdigest(), number)
            else:
                bundle.take(line[0], number)
            whole.update(raw)
        if verdict:
            return verdict
        raise Wrong("truncated file")
    except Wrong as wrong:
        for raw in lines if wrong.wanted else ():
            value = (parsed(raw.rstrip(b"\n")) or ({},))[0]
            event = value.get("event") if isinstance(value.get("event"), dict) else {}
            here = ("place", event.get("stream"), event.get("revision"))
            if wrong.wanted in (("leaf", value.get("leafIndex")), here):
                return {"ok": False, "kind": "wrong order", "line": wrong.line}
        return {"ok": False, "kind": wrong.kind, "line": wrong.line}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        keys = [vkey_of(line.strip()) for line in file if line.strip() and not line.startswith("#")]
    since = None
    if "--checkpoint" in sys.argv:
        with open(sys.argv[sys.argv.index("--checkpoint") + 1], encoding="utf-8", newline="") as file:
            since = file.read()
    for name in sys.stdin:
        with open(name.strip(), "rb") as file:
            print(json.dumps(verify(file, keys, since)), flush=True)


if __name__ == "__main__":
    main()
