"""Ends what is left of a system once its supervisor is gone, however it went.

``python -m flows.orchestration.system.reaper MARK``: reads its standard input, whose other end the
supervisor holds. When that closes (also after ``kill -9``), every process with the mark is ended.
"""

import signal
import sys

from flows.orchestration.system.marks import end_marked

_GRACE_S = 5.0


def main() -> None:
    """Wait for the end, then sweep."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # whoever ends the others must not end me first
    sys.stdin.buffer.read()
    end_marked(sys.argv[1], grace_s=_GRACE_S)


if __name__ == "__main__":
    main()
