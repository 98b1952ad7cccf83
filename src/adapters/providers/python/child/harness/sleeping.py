"""`time.sleep` that waits instead of spinning: the C library of this platform keeps the processor busy."""

import time

_spin = time.sleep
_pause = [_spin]


def use(pause):
    """`pause(seconds)` blocks the thread. Known only after the snapshot is loaded: a snapshot cannot hold it."""
    _pause[0] = pause


def sleep(seconds, /):
    if type(seconds) in (int, float) and 0 <= seconds < 1e9:
        _pause[0](seconds)
    else:
        _spin(seconds)  # raises what Python raises for it


sleep.__doc__ = _spin.__doc__
time.sleep = sleep
