#!/usr/bin/env python3
"""A provider in Python, with nothing but its standard library: words of a text.

    python3 provider.py               one JSON-RPC message a line on stdin, answers on stdout
    python3 provider.py --http 8090   the same messages by POST, answers as lines

What it has to answer is said in docs/providers/external.md; `gleitzeit providers test` checks that it does.
"""

import json
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Refusal(Exception):
    """A failure that the caller is told of, with one of the numbers of the protocol."""

    def __init__(self, code, message, data=None):
        super().__init__(message)
        self.code, self.data = code, data


def count(params, _call):
    text, top = params.get("text"), params.get("top", 3)
    if not isinstance(text, str):
        raise Refusal(-32602, "text: expected a string")
    if not isinstance(top, int) or isinstance(top, bool):
        raise Refusal(-32602, "top: expected a whole number")
    words = [word.strip(".,;:!?\"'()").lower() for word in text.split()]
    often = Counter(words).most_common(top)
    return {"words": len(words), "often": [{"word": word, "count": n} for word, n in often]}


def wait(params, call):
    seconds = params.get("seconds")
    if not isinstance(seconds, (int, float)) or isinstance(seconds, bool):
        raise Refusal(-32602, "seconds: expected a number")
    call.progress(progress=0, total=seconds, text="waiting")
    if call.cancelled.wait(seconds):
        raise Refusal(-29004, "the wait was cancelled")
    return {"waited": seconds}


def object_of(required=(), **properties):
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


METHODS = {
    "count": {
        "run": count,
        "description": "Counts the words of a text, and says which are the most frequent.",
        "params": object_of(["text"], text={"type": "string"}, top={"type": "integer", "minimum": 1}),
        "result": object_of(
            ["words", "often"],
            words={"type": "integer"},
            often={"type": "array", "items": object_of(["word", "count"], word={"type": "string"}, count={"type": "integer"})},
        ),
        "idempotent": True,
        "examples": [{"text": "the oar, the rope and the sail", "top": 1}],
    },
    "wait": {
        "run": wait,
        "description": "Waits, says so, and can be stopped.",
        "params": object_of(["seconds"], seconds={"type": "number", "minimum": 0}),
        "result": object_of(["waited"], waited={"type": "number"}),
        "examples": [{"seconds": 0}],
        "slow": {"seconds": 3600},
    },
}


class Call:
    """One request under way: `say` writes a message to whoever asked."""

    def __init__(self, request_id, method, params, say):
        self.id, self.method, self.params, self.say = request_id, method, params, say
        self.cancelled = threading.Event()

    def progress(self, **told):
        self.say({"jsonrpc": "2.0", "method": "progress", "params": {"id": self.id, **told}})


under_way = {}


def result_of(call):
    if call.method == "describe":
        told = {name: {k: v for k, v in one.items() if k != "run"} for name, one in METHODS.items()}
        return {"protocolVersion": 1, "name": "words", "version": "1.0.0", "methods": told}
    if call.method == "health":
        return {"status": "healthy", "echo": call.params.get("echo")}
    if call.method == "call":
        known = METHODS.get(call.params.get("method"))
        if known:
            return known["run"](call.params.get("params", {}), call)
    raise Refusal(-32601, "there is no such method")


def taken(text, say):
    """The call that a message asks for; nothing where it was answered at once, or wants no answer."""
    try:
        message = json.loads(text)
    except ValueError:
        return say({"jsonrpc": "2.0", "id": None, "error": {"code": -32700, "message": "this is not JSON"}})
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0" or not isinstance(message.get("method"), str):
        answer_id = message.get("id") if isinstance(message, dict) else None
        error = {"code": -32600, "message": "this is no request of JSON-RPC 2.0"}
        return say({"jsonrpc": "2.0", "id": answer_id, "error": error})
    method, params = message["method"], message.get("params", {})
    if method == "cancel":
        call = under_way.get(params.get("id"))
        return call.cancelled.set() if call else None
    if "id" not in message:
        return None
    call = Call(message["id"], method, params, say)
    under_way[call.id] = call  # before it is begun, so that it can be cancelled from now on
    return call


def answer(call):
    try:
        said = {"result": result_of(call)}
    except Refusal as refusal:
        said = {"error": {"code": refusal.code, "message": str(refusal), "data": refusal.data}}
    except Exception as error:  # a bug in a method fails its call, not the others
        said = {"error": {"code": -29002, "message": f"{type(error).__name__}: {error}"}}
    under_way.pop(call.id, None)
    call.say({"jsonrpc": "2.0", "id": call.id, **said})


def on_stdio():
    writing = threading.Lock()

    def say(message):
        line = json.dumps(message, ensure_ascii=False) + "\n"
        with writing:
            sys.stdout.write(line)
            sys.stdout.flush()

    sys.stdin.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    with ThreadPoolExecutor(max_workers=32) as workers:
        for line in sys.stdin:
            call = taken(line, say)
            # What is short is answered here, so that it is never behind 32 calls that are not.
            if call and call.method == "call":
                workers.submit(answer, call)
            elif call:
                answer(call)
        for call in list(under_way.values()):
            call.cancelled.set()


class Http(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode("utf-8")
        self.send_response(200)
        self.send_header("content-type", "application/x-ndjson")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        call = taken(body, lambda message: self.chunk(json.dumps(message, ensure_ascii=False) + "\n"))
        if call:
            answer(call)
        self.chunk("")

    def chunk(self, text):
        data = text.encode("utf-8")
        try:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        except ConnectionError:  # whoever asked has left
            self.close_connection = True

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # of five, the sixth caller that comes at once would knock again a second later


if __name__ == "__main__":
    if sys.argv[1:2] == ["--http"]:
        server = Server(("127.0.0.1", int(sys.argv[2])), Http)
        print(f"listening on http://127.0.0.1:{server.server_port}/", flush=True)
        server.serve_forever()
    else:
        on_stdio()
