"""``python -m flows.orchestration.system``: the supervisor."""

import sys

from flows.orchestration.system.control import main

if __name__ == "__main__":
    sys.exit(main())
