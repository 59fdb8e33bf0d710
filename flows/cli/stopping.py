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

_STDERR = 2
_SAID = b"polycue: stopped; run the same command again to go on where it was\n"


class Stopped(BaseException):
    """Raised in the main thread by a stop signal; carries the exit code."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


class StopSignals:
    """The stop signals of this process.

    Attributes:
        exit_code: What to leave with, once a signal has come. Whatever error ends the run after
            that is its doing: a library interrupted in the middle of its import raises its own.
    """

    def __init__(self) -> None:
        self.exit_code: int | None = None

    def install(self) -> None:
        """Make the first signal end the run in order, within `GRACE_S`; a second ends it now."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)

    def _stop(self, number: int, _frame: FrameType | None) -> NoReturn:
        exit_code = EXIT_TERMINATED if number == signal.SIGTERM else EXIT_INTERRUPTED
        self.exit_code = exit_code
        signal.signal(number, lambda *_: leave(exit_code))
        timer = threading.Timer(GRACE_S, leave, [exit_code])
        timer.daemon = True
        timer.start()
        # At once, for the grace may pass without a word; and past Python's own stream, in the
        # middle of whose writing the signal may have come.
        os.write(_STDERR, _SAID)
        raise Stopped(exit_code)


def leave(exit_code: int) -> NoReturn:
    """End this process now, its embedded Prefect server first."""
    server = sys.modules.get("prefect.server.api.server")
    if server is not None:
        server.SubprocessASGIServer().stop()
    sys.stderr.flush()
    sys.stdout.flush()
    os._exit(exit_code)
