"""Brings an interpreter back to where it stood before its first script.

Hygiene between tasks of one run, not a boundary: what cannot be undone makes the interpreter unfit
for another task, and it is replaced.
"""

import atexit
import gc
import importlib
import logging
import os
import random
import signal
import sys
import types

from . import loops
from .kept import Container, Members, Patchable, is_patchable, restore_members

# Lists and dictionaries of these are the interpreter's own bookkeeping.
_BOOKKEEPING = ("_pyodide", "pyodide", "importlib", "_frozen_importlib", "threading", "_gleitzeit", "abc")
# Audit events after which nobody can say what was changed.
_LASTING = ("sys.addaudithook", "ctypes.", "gc.get_", "sys.monitoring")
_CONTAINERS = (dict, list, set)


class Baseline:
    def __init__(self):
        self.modules = {}
        self.kept = []
        self.classes = set()
        self.streams = (sys.stdout, sys.stderr)
        self.environment = dict(os.environ)
        self.recursion = sys.getrecursionlimit()
        self.digits = sys.get_int_max_str_digits()
        self.spoilt = False
        self._extend()
        sys.addaudithook(self._audit)

    def restore(self):
        """False when the interpreter must not be used again."""
        sys.settrace(None)
        sys.setprofile(None)
        sys.setrecursionlimit(self.recursion)
        sys.set_int_max_str_digits(self.digits)
        wanted = [name for name in sys.modules if name not in self.modules and _is_library(name)]
        for kept in self.kept:
            kept.restore()
        restore_members(sys.modules, self.modules)
        restore_members(os.environ, self.environment)
        sys.path_importer_cache.clear()
        atexit._clear()
        loops.forget()
        logging.root.handlers.clear()
        logging.root.setLevel(logging.WARNING)
        logging.root.manager.loggerDict.clear()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        random.seed()
        gc.enable()
        gc.collect()
        self._learn(wanted)
        return not self.spoilt and not gc.garbage and not any(stream.closed for stream in self.streams)

    def _audit(self, event, _arguments, lasting=_LASTING):
        if event.startswith(lasting):
            self.spoilt = True

    def _learn(self, wanted):
        """Imports anew what a script had to import: its copy may be changed, and the next script wants it too."""
        for name in wanted:
            try:
                importlib.import_module(name)
            except Exception:
                # It was the script's own, or cannot be imported alone: each script imports it again.
                sys.modules.pop(name, None)
        if wanted:
            self._extend()
            gc.freeze()

    def _extend(self):
        """What has been imported since belongs to the baseline as well."""
        new = {name: module for name, module in sys.modules.items() if name not in self.modules}
        self.modules |= new
        for name, module in new.items():
            if isinstance(module, types.ModuleType) and name != "__main__":
                self.kept += [Members(vars(module)), *self._patchable(module), *_containers(module)]

    def _patchable(self, module):
        for value in vars(module).values():
            if isinstance(value, type) and is_patchable(value) and value not in self.classes:
                self.classes.add(value)
                yield Patchable(value)


def _containers(module):
    if module.__name__.startswith(_BOOKKEEPING):
        return
    for name, value in vars(module).items():
        if type(value) in _CONTAINERS and name != "__builtins__" and value is not sys.modules:
            yield Container(value)


def _is_library(name):
    return name.partition(".")[0] in sys.stdlib_module_names
