"""A process that dies with its parent, so that killing any of ours leaves nothing serving old code."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(parent: int | None = None) -> None:
    """Ask the kernel to kill this process as soon as its parent ends (Linux; elsewhere this does nothing).

    `parent` is the process number that the parent should have: when it ended before we could ask, we end now.
    The kernel looks at the parent's *thread* that started us, so start children from the main thread.
    """
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is not None and os.getppid() != parent:
        os._exit(1)
