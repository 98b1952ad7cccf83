"""Runs one script as `python script.py args` would, with `context` given and `result` taken."""

import atexit
import builtins
import json
import os
import sys
import types

from . import failures, sources, values

_own = os.getpid()
_exit_at_once = os._exit


def execute(job, root):
    """JSON text of the answer; None when the output is the answer."""
    main = _main_module(job, root)
    try:
        source = sources.source(job, root)
        exec(compile(source, job["name"], "exec", dont_inherit=True), vars(main))
        atexit._run_exitfuncs()
    except BaseException as error:
        if os.getpid() != _own:
            _exit_at_once(1)  # a copy of the script that nobody waits for
        if not sources.is_success(error):
            return values.encode({"kind": "raised", **_described(error, job["name"], root)})
    if os.getpid() != _own:
        _exit_at_once(0)
    if "result" not in vars(main):
        return None
    return sources.answer(vars(main)["result"], job["limit"])


def _described(error, name, root):
    described = failures.describe(error, name, root)
    if isinstance(error, ModuleNotFoundError) and described["hint"]:
        described["hint"] = "a script has the modules beside it and what the interpreter's own machine or image has"
    return described


def _main_module(job, root):
    main = types.ModuleType("__main__")
    main.__builtins__ = builtins
    main.context = json.loads(job["context"])
    folder = root.rstrip("/")
    if "file" in job:
        main.__file__ = root + job["file"]
        folder = os.path.dirname(main.__file__)
    sys.modules["__main__"] = main
    sys.argv[:] = [job["name"], *job["args"]]
    sys.path.insert(0, folder)
    os.chdir(root)
    os._exit = _exit
    return main


def _exit(status):
    """The platform's own would end the interpreter, and with it what the script has printed."""
    if os.getpid() != _own:
        _exit_at_once(status)
    raise SystemExit(status)
