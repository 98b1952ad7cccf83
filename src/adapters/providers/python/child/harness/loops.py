"""`asyncio.run` for scripts: a loop of timers and callbacks. There is nothing outside that could wake it."""

import asyncio
import time


class _Nothing:
    """Stands where other systems ask for sockets that are ready."""

    def select(self, timeout):
        if timeout is None:
            raise RuntimeError("every coroutine waits, and nothing can ever wake one")
        if timeout > 0:
            time.sleep(timeout)
        return []


class ScriptLoop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = _Nothing()

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass


class _Policy(asyncio.events._AbstractEventLoopPolicy):
    def __init__(self):
        self._loop = None

    def get_event_loop(self):
        if self._loop is None:
            raise RuntimeError("there is no current event loop; use asyncio.run(…)")
        return self._loop

    def set_event_loop(self, loop):
        self._loop = loop

    def new_event_loop(self):
        return ScriptLoop()


def install():
    asyncio.events._set_event_loop_policy(_Policy())


def forget():
    """Also the interpreter's own loop, which lives on that of JavaScript: a script never comes back to it."""
    asyncio.events._set_running_loop(None)
    asyncio.events._get_event_loop_policy().set_event_loop(None)
