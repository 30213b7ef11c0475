"""``python -m config.granian_server``: granian as ``./run`` starts it, ended once with its parent.

A parent that is killed dies thread by thread, and the kernel tells its children each time. Granian
takes a lock when told to end; told again meanwhile, it would wait for itself and hold the port.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from config.supervisor import end_with_parent


def end_once_with_parent() -> None:
    """Pass on the first of the signals alone."""
    left = [signal.SIGTERM]

    def end(number: int, frame: FrameType | None) -> None:
        if left:
            os.kill(os.getpid(), left.pop())

    signal.signal(signal.SIGUSR1, end)
    end_with_parent(by=signal.SIGUSR1)


if __name__ == "__main__":
    from granian.cli import entrypoint

    end_once_with_parent()
    sys.exit(entrypoint())
