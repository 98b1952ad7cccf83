"""One script for the host, then the end: whatever it changed goes with the interpreter."""

import base64
import os

from . import printed, script
from .channel import Channel


def serve():
    root = os.path.join(os.getcwd(), "")
    channel = Channel()
    channel.send({"t": "ready", "layers": layers()})
    refused = None
    while True:
        message = channel.next()
        kind = message["t"]
        if kind == "job":
            return perform(channel, message, channel.next(), root, refused)
        if kind == "file" and refused is None:
            try:
                put(root, message)
            except OSError as error:
                refused = error


def perform(channel, header, job, root, refused):
    """Never returns."""
    output = printed.Printed(channel, header["id"], header["keep"], header["flood"])
    try:
        answer = raised(refused) if refused else script.execute(job, root)
        output.finish()
        if answer is None:
            answer = '{"kind":"value","result":' + printed.result(output.tail, job["limit"]) + "}"
        truncated = "true" if output.truncated else "false"
        start = '{"t":"done","id":%d,"truncated":%s,"answer":' % (header["id"], truncated)
        channel.send_text(start + answer + "}")
    except BaseException as error:
        channel.send({"t": "fatal", "reason": "interpreter", "message": repr(error)[:2000]})
    finally:
        script._exit_at_once(0)


def raised(error):
    message = "the files of the task cannot be put in place: " + str(error)
    told = {"kind": "raised", "type": type(error).__name__, "message": message[:8000], "hint": None}
    return script.values.encode({**told, "file": None, "line": None, "traceback": ""})


def put(root, message):
    """A piece of a captured file; the host has looked at its path."""
    path = root + message["path"]
    if message["at"] == 0:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb" if message["at"] == 0 else "ab") as file:
        file.write(base64.b64decode(message["data"]))


def layers():
    """What stands between a script and everything else, as it can be seen from here."""
    status = {}
    try:
        with open("/proc/self/status") as file:
            for line in file:
                name, _, value = line.partition(":")
                status[name] = value.strip()
        networks = os.listdir("/sys/class/net")
    except OSError:
        return []
    capabilities = [status.get(name, "1") for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb")]
    found = {
        "no-network": networks == ["lo"] or not networks,
        "read-only-root": bool(os.statvfs("/").f_flag & os.ST_RDONLY),
        "no-new-privileges": status.get("NoNewPrivs") == "1",
        "no-capabilities": not any(int(one, 16) for one in capabilities),
        "seccomp": status.get("Seccomp") == "2",
        "nobody": os.getuid() == 65534,
    }
    return [name for name, holds in found.items() if holds]
