"""Runs one script as `python script.py args` would, with `context` given and `result` taken."""

import atexit
import builtins
import json
import os
import sys
import types

import pyodide

from . import failures, sources, values

ROOT = "/work/"
# Freed when a script has used up the memory, so that its failure can still be told.
BALLAST = 2 << 20

# Python itself imports these before any script: nothing takes their place anywhere.
_STARTED_WITH = {*sys.builtin_module_names, "_collections_abc", "abc", "codecs", "encodings", "genericpath", "io"}
_STARTED_WITH |= {"os", "posixpath", "pyodide", "_pyodide", "site", "stat", "zipimport", "__main__"}

_stdout, _stderr = sys.stdout, sys.stderr


def execute(job):
    name = job["name"]
    main = _main_module(job)
    ballast = bytearray(BALLAST)
    try:
        source = sources.source(job, ROOT)
        exec(compile(source, name, "exec", dont_inherit=True), vars(main))
        atexit._run_exitfuncs()
    except BaseException as error:
        del ballast
        _flush()
        if not sources.is_success(error):
            return values.encode({"kind": "raised", **failures.describe(error, name, ROOT)})
    _flush()
    if "result" not in vars(main):
        return None
    return sources.answer(vars(main)["result"], job["limit"])


def _main_module(job):
    main = types.ModuleType("__main__")
    main.__builtins__ = builtins
    main.context = json.loads(job["context"])
    folder = ROOT.rstrip("/")
    if "file" in job:
        main.__file__ = ROOT + job["file"]
        folder = os.path.dirname(main.__file__)
    sys.modules["__main__"] = main
    sys.argv[:] = [job["name"], *job["args"]]
    sys.path.insert(0, folder)
    _forget_namesakes(folder, os.path.basename(job["name"]))
    os.chdir(ROOT)
    return main


def _forget_namesakes(folder, main):
    """A module beside the script comes before one of the library that was imported ahead of it."""
    beside = {name.removesuffix(".py") for name in os.listdir(folder) if name != main}
    for name in list(sys.modules):
        first = name.partition(".")[0]
        if first in beside and first not in _STARTED_WITH:
            del sys.modules[name]


def _flush():
    for stream in (sys.stdout, sys.stderr, _stdout, _stderr):
        try:
            stream.flush()
        except BaseException:
            # The script closed or replaced it; what it did not flush itself is lost, as in any Python.
            continue


def validate(job):
    try:
        compile(sources.source(job, ROOT), job["name"], "exec", dont_inherit=True)
    except SyntaxError as error:
        problem = {"message": values.well_formed(error.msg), "line": error.lineno, "column": error.offset}
    except (ValueError, RecursionError, MemoryError) as error:
        problem = {"message": values.well_formed(f"{values.type_name(error)}: {error}")}
    else:
        return '{"kind":"value","result":{"valid":true,"errors":[]}}'
    errors = [{key: value for key, value in problem.items() if value is not None}]
    return values.encode({"kind": "value", "result": {"valid": False, "errors": errors}})


def info(_job):
    from importlib.util import find_spec

    modules = sorted(name for name in sys.stdlib_module_names if not name.startswith("_") and find_spec(name))
    facts = {
        "python": sys.version.split()[0],
        "platform": sys.platform,
        "pyodide": pyodide.__version__,
        "execution_modes": ["wasm"],
        "modules": modules,
    }
    return values.encode({"kind": "value", "result": facts})
