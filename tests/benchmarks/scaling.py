"""`make scaling`: the tables of docs/SCALING.md, reckoned from measured figures; takes seconds.

Usage: scaling.py. The same on every machine: nothing is measured here.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from scaling_tables import lines  # noqa: E402

if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
