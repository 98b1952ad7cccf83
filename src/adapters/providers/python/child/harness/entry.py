"""What the JavaScript side of the child calls."""

import errno
import gc
import json
import os
import random
import sys

from . import loops, scripts, sleeping, values
from .cleaning import Baseline

OPERATIONS = {"execute": scripts.execute, "validate": scripts.validate, "info": scripts.info}
ENVIRONMENT = {"HOME": "/home/pyodide", "LANG": "C.UTF-8", "PATH": "/", "TMPDIR": "/tmp"}
JAVASCRIPT = ("js", "pyodide_js")


UNTELLABLE = values.encode(
    {
        "kind": "raised",
        "type": "RuntimeError",
        "message": "the script changed Python itself, so that nobody can tell what came of it",
        "hint": None,
        "file": None,
        "line": None,
        "traceback": "",
    }
)

baseline = []


class _NoJavaScript:
    @staticmethod
    def find_spec(name, _path=None, _target=None):
        if name.partition(".")[0] in JAVASCRIPT:
            raise ModuleNotFoundError(f"No module named {name!r}: scripts run apart from JavaScript", name=name)


def _system(command):
    """The platform's own would end the interpreter: it asks for a process, and is refused."""
    raise PermissionError(errno.EPERM, "a script cannot start programs")


def _exit(status):
    """The platform's own would end the interpreter, and with it what the script has printed."""
    raise SystemExit(status)


def prepare():
    """Before the snapshot is taken: all that need not be done again in each interpreter."""
    for module in [name for name in sys.modules if name.startswith("_gleitzeit") or name in JAVASCRIPT]:
        del sys.modules[module]
    sys.meta_path.insert(0, _NoJavaScript)
    sys.stdout.reconfigure(line_buffering=True)
    sys.executable = sys._base_executable = ""
    sys.orig_argv = [""]
    sys.path[:] = [entry for entry in sys.path if entry]
    loops.install()
    os.system, os._exit = _system, _exit
    os.environ.clear()
    os.environ.update(ENVIRONMENT)
    gc.collect()
    gc.freeze()
    baseline.append(Baseline())


def begin(pause):
    """After it is loaded: what a snapshot cannot hold, or must not repeat."""
    sleeping.use(pause)
    loops.forget()
    random.seed()
    for finder in sys.meta_path:
        if hasattr(finder, "jsproxies"):
            finder.jsproxies.clear()
    for name in JAVASCRIPT:
        sys.modules.pop(name, None)


def perform(line):
    """Answers bytes of JSON, which JavaScript can read where they lie; None when the output is the answer."""
    job = json.loads(line.to_bytes())
    try:
        answer = OPERATIONS[job["op"]](job)
    except MemoryError:
        raise
    except Exception:
        answer = UNTELLABLE
    return None if answer is None else answer.encode()


def restore():
    return baseline[0].restore()
