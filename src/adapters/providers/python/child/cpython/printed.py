"""What a script prints, whoever of it does: passed on while it runs, kept to a limit, stopped when it is a flood."""

import codecs
import json
import os
import re
import sys
import threading

from . import values

_PIECE = 1 << 15
# Enough for the last lines, in which a result may have been printed.
_TAIL = 1 << 16
# Something that the script started may hold its streams open for longer than it lives itself.
_LAST_WORDS_S = 1

_may_be_json = re.compile(r'\s*[\[{"\dtfn-]').match


class Printed:
    def __init__(self, channel, job, keep, flood):
        self._channel, self._job, self._flood = channel, job, flood
        self._lock = threading.Lock()
        self._total = 0
        self.tail = ""
        self.truncated = False
        self._readers = [self._stream("stdout", 1, keep), self._stream("stderr", 2, keep)]
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)

    def _stream(self, name, descriptor, keep):
        come, go = os.pipe()
        os.dup2(go, descriptor)
        os.close(go)
        reader = threading.Thread(target=self._read, args=(name, come, keep), daemon=True)
        reader.start()
        return reader

    def _read(self, name, come, room):
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        while True:
            piece = os.read(come, _PIECE)
            if not piece:
                return
            self._count(len(piece))
            text = decode(piece)
            if name == "stdout":
                self.tail = (self.tail + text)[-_TAIL:]
            if len(piece) > room:
                self.truncated = True
                text = piece[:room].decode("utf-8", "ignore")
            room = max(0, room - len(piece))
            if text:
                self._channel.send({"t": "out", "id": self._job, "stream": name, "text": text})

    def _count(self, size):
        with self._lock:
            self._total += size
            if self._total > self._flood:
                self._channel.send({"t": "flood", "id": self._job})
                os.kill(os.getpid(), 9)

    def finish(self):
        """What was printed is with the host when this returns."""
        for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
            try:
                stream.flush()
            except BaseException:
                # The script closed or replaced it; what it did not flush itself is lost, as in any Python.
                continue
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor, reader in enumerate(self._readers, 1):
            os.dup2(nothing, descriptor)
            reader.join(_LAST_WORDS_S)


def result(tail, limit):
    """The last line that is JSON (with numbers that JSON can carry unchanged), else the last line, else null."""
    lines = [line for line in tail.split("\n") if line.strip()]
    for line in reversed(lines):
        try:
            if _may_be_json(line):
                return values.json_text(json.loads(line, parse_constant=_refuse), limit)
        except (ValueError, RecursionError, values.Unfit):
            continue
    return values.json_text(lines[-1].strip() if lines else None, limit)


def _refuse(name):
    raise ValueError(name)
