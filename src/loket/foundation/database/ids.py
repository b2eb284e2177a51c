"""Keys: UUID version 7 (RFC 9562), in order of creation within a process."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A new key. Sorts by time; tells the time it was made, so never use it as a secret: `secrets` is for that."""
    global _last
    with _lock:
        moment = _last = max(time.time_ns() * 4096 // 1_000_000, _last + 1)  # milliseconds + 12 bits of fraction
    return UUID(
        int=(moment >> 12) << 80 | 7 << 76 | (moment & 0xFFF) << 64 | 2 << 62 | int.from_bytes(os.urandom(8)) >> 2
    )
