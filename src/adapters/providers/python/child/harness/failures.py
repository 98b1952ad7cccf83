"""An exception that ended a script, told in the user's own files and lines."""

import linecache
import traceback

from .values import type_name, well_formed

LONGEST_FILE = 500
LARGEST_LINE = 2**31
LONGEST_MESSAGE = 8_000
LONGEST_TRACEBACK = 32_000
MOST_FRAMES = 100


def describe(error, main, root):
    """`main` is the file name the script was compiled under, `root` the folder of the captured files."""
    file, line = _place(error, main, root)
    return {
        "type": type_name(error),
        "message": well_formed(_message(error)),
        "hint": _hint(error),
        "file": None if file is None else well_formed(file[:LONGEST_FILE]),
        "line": line if type(line) is int and 0 <= line < LARGEST_LINE else None,
        "traceback": well_formed(_traceback(error, main, root)),
    }


def _message(error):
    try:
        if isinstance(error, SyntaxError) and type(error.msg) is str:
            return error.msg[:LONGEST_MESSAGE]
        if isinstance(error, SystemExit) and type(error.code) is not str:
            return f"the script ended with exit code {error.code!r}"[:LONGEST_MESSAGE]
        return str.__str__(str(error))[:LONGEST_MESSAGE]
    except BaseException:
        return "(its text cannot be shown: __str__ raises)"


def _place(error, main, root):
    if isinstance(error, SyntaxError) and type(error.filename) is str and type(error.lineno) is int:
        if _is_users(error.filename, main, root):
            return _shown(error.filename, root), error.lineno
    file = line = None
    step = error.__traceback__
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        if _is_users(name, main, root):
            file, line = _shown(name, root), step.tb_lineno
        step = step.tb_next
    return file, line


def _is_users(name, main, root):
    return name == main or name.startswith(root)


def _shown(name, root):
    return name.removeprefix(root)


def _traceback(error, main, root):
    outer = error.__traceback__
    while outer is not None and not _is_users(outer.tb_frame.f_code.co_filename, main, root):
        outer = outer.tb_next
    try:
        text = "".join(traceback.format_exception(type(error), error, outer, limit=-MOST_FRAMES))
    except BaseException:
        return "(the traceback cannot be shown)"
    text = text.replace(f'File "{root}', 'File "')
    if len(text) <= LONGEST_TRACEBACK:
        return text
    return text[: LONGEST_TRACEBACK // 2] + "\n  …\n" + text[-LONGEST_TRACEBACK // 2 :]


def _hint(error):
    if isinstance(error, ModuleNotFoundError):
        if ":" in error.msg:
            return None
        return "a script has the standard library and the modules beside it; packages cannot be installed in this mode"
    if isinstance(error, FileNotFoundError):
        return "a script sees only the files its task names: add the file under `files:`"
    if isinstance(error, MemoryError):
        return "the script needs more memory than an interpreter may have"
    return None


def remember_source(name, source):
    """Tracebacks show the lines of a script even when it changed the folder or was never a file."""
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
