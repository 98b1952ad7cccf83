"""Runs one script as `python script.py args` would, with `context` given and `result` taken."""

import atexit
import builtins
import json
import os
import sys
import types

from . import failures, values

_own = os.getpid()
_exit_at_once = os._exit


def execute(job, root):
    """JSON text of the answer; None when the output is the answer."""
    main = _main_module(job, root)
    try:
        source = _source(job, root)
        exec(compile(source, job["name"], "exec", dont_inherit=True), vars(main))
        atexit._run_exitfuncs()
    except BaseException as error:
        if os.getpid() != _own:
            _exit_at_once(1)  # a copy of the script that nobody waits for
        if not _is_success(error):
            return values.encode({"kind": "raised", **_described(error, job["name"], root)})
    if os.getpid() != _own:
        _exit_at_once(0)
    if "result" not in vars(main):
        return None
    return _answer(vars(main)["result"], job["limit"])


def _answer(value, limit):
    try:
        return '{"kind":"value","result":' + values.json_text(value, limit) + "}"
    except values.Unfit as unfit:
        where, reason = values.place(unfit.steps), unfit.reason
    except BaseException as error:
        where, reason = "result", "cannot be converted: " + values.type_name(error)
    return values.encode({"kind": "unfit", "place": where, "reason": reason})


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


def _source(job, root):
    """A file's bytes as they are, since its first lines may name their encoding."""
    if "code" in job:
        failures.remember_source(job["name"], job["code"])
        return job["code"]
    with open(root + job["file"], "rb") as file:
        source = file.read()
    failures.remember_source(job["name"], source.decode("utf-8", "replace"))
    return source


def _is_success(error):
    if type(error) is not SystemExit:
        return False
    return error.code is None or (type(error.code) in (int, bool) and error.code == 0)
