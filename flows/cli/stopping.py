"""Leaving in good order when told to: Ctrl-C and SIGTERM.

Everything durable is written atomically, so leaving is safe at any moment. What must not happen is
a hang (Python waits for busy worker threads) or an orphan (Prefect's embedded server outlives us).
"""

import os
import signal
import sys
import threading
from types import FrameType
from typing import NoReturn

EXIT_INTERRUPTED = 130
EXIT_TERMINATED = 143

# Time for blocks to close and for the embedded server to go; worker threads inside a model do not
# answer, and are left behind after this.
GRACE_S = 3.0


class Stopped(BaseException):
    """Raised in the main thread by a stop signal; carries the exit code."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


def install() -> None:
    """Make the first stop signal end the run in order, within `GRACE_S`; a second ends it now."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    exit_code = EXIT_TERMINATED if number == signal.SIGTERM else EXIT_INTERRUPTED
    signal.signal(number, lambda *_: leave(exit_code))
    timer = threading.Timer(GRACE_S, leave, [exit_code])
    timer.daemon = True
    timer.start()
    raise Stopped(exit_code)


def leave(exit_code: int) -> NoReturn:
    """End this process now, its embedded Prefect server first."""
    server = sys.modules.get("prefect.server.api.server")
    if server is not None:
        server.SubprocessASGIServer().stop()
    sys.stderr.flush()
    sys.stdout.flush()
    os._exit(exit_code)
