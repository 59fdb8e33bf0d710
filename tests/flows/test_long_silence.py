"""An hour of silence: one clear line, and no more memory than ten minutes take."""

import subprocess
import sys

import numpy as np
import pytest
from command import environment
from media_factory import AudioTrack, make_media

pytestmark = [pytest.mark.engine, pytest.mark.slow]

RATE_HZ = 8000

# Runs the command given as arguments and reports its peak memory, so that each run has its own.
MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


def run_on_silence(home, minutes):
    """Exit code, error text and peak memory in KiB of a run on so much silence."""
    media = home.parent / f"silence-{minutes}.flac"
    pieces = [
        (60.0 * minute, np.zeros((1, 60 * RATE_HZ), dtype=np.float32)) for minute in range(minutes)
    ]
    make_media(media, audio=[AudioTrack(pieces=pieces, codec="flac", rate_hz=RATE_HZ)])
    command = [sys.executable, "-m", "flows.cli", "run", media, "--quiet", "--out", home.parent]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *map(str, command)],
        env=environment(home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr, int(done.stdout)


def test_an_hour_of_silence_is_one_clear_line_in_bounded_memory(new_home):
    short_code, _, short_kib = run_on_silence(new_home, 10)
    code, err, long_kib = run_on_silence(new_home, 60)
    assert (short_code, code) == (3, 3)
    assert err.count("\n") == 1
    assert "no speech" in err
    assert long_kib < 1.3 * short_kib
    assert not list(new_home.parent.glob("*.srt"))
