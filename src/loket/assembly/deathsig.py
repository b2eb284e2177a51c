"""A process that dies with its parent, so that killing any of ours leaves nothing serving old code."""

import ctypes
import multiprocessing
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


def in_granian_worker() -> None:
    """What our code does first in a worker of granian: die with granian, and listen to SIGTERM from now on.

    granian sets its signal handlers after it has imported us; until then a forked worker has those of its parent,
    which swallow the SIGTERM of a stop that comes early, and the stop then waits for the kill.
    """
    granian = multiprocessing.parent_process()
    if granian is None:
        return  # imported by something else: a test, a check
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    die_with_parent(granian.pid)
