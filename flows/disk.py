"""Room on the disk of the workspace."""

import shutil
from pathlib import Path

MIN_FREE_BYTES = 500_000_000
"""A film of two hours needs well under this; less is a sign that a run may not end."""


def free_bytes(folder: Path) -> int:
    """What is free on the disk of a folder, which need not be there yet."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free
