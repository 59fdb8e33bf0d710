"""Two processes that do the same at the same time."""

import subprocess
import sys
from pathlib import Path

# The imports, which take longer than the work, are done once: what has them splits in two.
_SPLIT = """
import os, sys
sys.path.insert(0, {support!r})
{imports}
for _ in range(2):
    if os.fork() == 0:
        try:
            {work}
            sys.stdout.flush()
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
sys.exit(any([os.wait()[1] for _ in range(2)]))
"""


def in_two_processes(imports: str, work: str) -> list[str]:
    """What both printed, a line each, in any order; fails when either fails.

    Args:
        imports: Statements that are carried out once, before there are two.
        work: One statement, carried out by each.
    """
    support = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", _SPLIT.format(support=support, imports=imports, work=work)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()
