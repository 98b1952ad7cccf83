"""A script's result as I-JSON text, or the place and the reason why it cannot be that.

Only methods of the base types are called on the user's objects, so that none of their own code runs here.
"""

import math
import re
from json.encoder import c_encode_basestring as _quote
from json.encoder import c_make_encoder

LARGEST = 2**53 - 1
DEEPEST = 200
LONGEST_NAME = 200
LONGEST_PLACE = 2_000

_name_of = type.__dict__["__name__"].__get__
# The encoder in C, for nothing of the library that a script may have patched should run here.
_chunks = c_make_encoder(None, None, _quote, None, ":", ",", False, False, False)
_plain_key = re.compile(r"[A-Za-z_][\w-]*", re.ASCII).fullmatch


class Unfit(Exception):
    """The result is not I-JSON; steps lead from the innermost place outwards."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason
        self.steps = []


class TooLarge(Unfit):
    pass


def encode(value):
    """JSON text of plain values."""
    return "".join(_chunks(value, 0))


def type_name(value):
    return well_formed(_name_of(type(value))[:LONGEST_NAME])


def place(steps):
    text = "result"
    for step in reversed(steps):
        if type(step) is int:
            text += f"[{step}]"
        else:
            short = step[:LONGEST_NAME]
            text += f".{short}" if _plain_key(short) else f"[{_quote(short)}]"
    return well_formed(text[:LONGEST_PLACE])


def json_text(value, limit):
    """The value's JSON text, at most `limit` bytes of UTF-8; raises Unfit."""
    text = encode(_Copy(limit).of(value, 0))
    if len(text) > limit or (not text.isascii() and len(text.encode()) > limit):
        raise TooLarge(_too_large(limit))
    return text


def well_formed(text):
    """Lone surrogates stand for bytes that were no text."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _too_large(limit):
    return f"is larger than {limit} bytes as JSON; write less into `result`, or raise the limit"


class _Copy:
    """Copies a value out of the user's hands while checking it."""

    def __init__(self, limit):
        self.limit = limit
        self.left = limit
        self.open = set()

    def of(self, value, depth):
        kind = type(value)
        self.left -= 2
        if self.left < 0:
            raise TooLarge(_too_large(self.limit))
        if value is None or kind is bool:
            return value
        if issubclass(kind, str):
            return self.text(str.__str__(value))
        if issubclass(kind, int):
            return _integer(int.__index__(value))
        if issubclass(kind, float):
            return _float(float.__float__(value))
        if issubclass(kind, (dict, list, tuple)):
            return self.container(value, kind, depth)
        raise Unfit(f"{type_name(value)} is not JSON{_advice(kind)}")

    def text(self, text):
        self.left -= len(text)
        if self.left < 0:
            raise TooLarge(_too_large(self.limit))
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                raise Unfit("text with a lone surrogate") from None
        return text

    def container(self, value, kind, depth):
        if id(value) in self.open:
            raise Unfit("a cycle: the value contains itself")
        if depth >= DEEPEST:
            raise Unfit(f"nested deeper than {DEEPEST}")
        self.open.add(id(value))
        if issubclass(kind, dict):
            copy = self.members(dict.items(value), depth)
        else:
            base = list if issubclass(kind, list) else tuple
            copy = self.elements(base.__iter__(value), depth)
        self.open.discard(id(value))
        return copy

    def elements(self, values, depth):
        copy = []
        try:
            for element in values:
                copy.append(self.of(element, depth + 1))
        except Unfit as unfit:
            unfit.steps.append(len(copy))
            raise
        return copy

    def members(self, items, depth):
        copy = {}
        for key, member in items:
            if not issubclass(type(key), str):
                raise Unfit(f"a key is {type_name(key)}, not text")
            key = self.text(str.__str__(key))
            if key in copy:
                raise Unfit(f"two keys read {_quote(key[:80])}")
            try:
                copy[key] = self.of(member, depth + 1)
            except Unfit as unfit:
                unfit.steps.append(key)
                raise
        return copy


def _integer(number):
    if -LARGEST <= number <= LARGEST:
        return number
    shown = str(number) if number.bit_length() < 200 else f"of {number.bit_length()} bits"
    raise Unfit(f"integer {shown} is beyond 2^53 − 1; return it as a string")


def _float(number):
    if not math.isfinite(number):
        raise Unfit(f"{number} is not JSON; return None or a string")
    if number.is_integer() and not -LARGEST <= number <= LARGEST:
        raise Unfit(f"integer {number!r} is beyond 2^53 − 1; return it as a string")
    return number


def _advice(kind):
    if issubclass(kind, (bytes, bytearray, memoryview)):
        return "; decode it, or return base64 text"
    if issubclass(kind, (set, frozenset)):
        return "; return sorted(…) or list(…)"
    name = _name_of(kind)
    if name in ("datetime", "date", "time"):
        return "; return .isoformat()"
    if name == "Decimal":
        return "; return str(…) or float(…)"
    return "; return text, numbers, lists and dictionaries"
