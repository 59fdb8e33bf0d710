"""A small real file system that fills up: seen by one process and its children, and then gone."""

import json
import os
import shutil
import subprocess
import sys

import pytest

# Carries a script out in a namespace of its own, in which `disk` is a small file system.
_NAMESPACE = """
import json, os, subprocess, sys
from pathlib import Path
disk, megabytes = Path(sys.argv[1]), sys.argv[2]
subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={{megabytes}}m", "none", disk], check=True)

def leave_free(kilobytes):
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    there = os.statvfs(disk)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, there.f_bavail * there.f_frsize - kilobytes * 1024)

def unfinished():
    return [str(path) for path in disk.rglob("*") if path.name.endswith((".part", ".gone"))]

{script}
"""


def on_small_disk(folder, script, *, megabytes=4, env=None, timeout_s=240):
    """What the script prints as JSON; skips where nobody may mount.

    The script knows ``disk``, the folder; ``leave_free(kilobytes)``, which fills the rest of it;
    ``unfinished()``, the files that somebody began to write.
    """
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("only root can mount a small disk")
    folder.mkdir()
    done = subprocess.run(
        [
            *("unshare", "--mount", sys.executable, "-c", _NAMESPACE.format(script=script)),
            *(str(folder), str(megabytes)),
        ],
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
        env=env,
    )
    if "permission denied" in done.stderr.lower() or "not permitted" in done.stderr.lower():
        pytest.skip("this container may not mount")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
