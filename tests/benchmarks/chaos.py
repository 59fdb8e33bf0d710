"""`make chaos`: titles go through two workers while processes are killed and the disk runs full.

Usage: chaos.py. Prints a report, writes its section of BENCHMARKS.md, and ends with an error when
something is lost, made twice, or left behind. Of the environment: CHAOS_TITLES (20), CHAOS_SEED
(1), CHAOS_SECONDS between two blows (20), CHAOS_BLOWS in all (40), CHAOS_FULL_SECONDS that the disk
is full (60), CHAOS_MOST_MINUTES for it all (120).

A seeded plan says whom the next blow meets: a run of a title, a worker, the server, the dispatcher,
the form (all by ``kill -9``), or the disk. Whatever fails is run again, as a night shift would: the
same batch, until every title is complete.
"""

import os
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from bench_flows_parts import running_system  # noqa: E402
from benchmark_file import machine, write_section  # noqa: E402
from chaos_parts import Blows, Shift, faults, mounted, say, titles_of  # noqa: E402

_WHAT = (
    "Titles into four languages go through two workers while processes are killed and the disk "
    "runs full; whatever fails is run again. Wrong would be: a title not complete, a result "
    "computed twice, a review task too many or too few, a process left behind."
)


def number(name, default):
    return int(os.environ.get(name) or default)


def main():
    titles, seed = number("CHAOS_TITLES", 20), number("CHAOS_SEED", 1)
    most_s = 60 * number("CHAOS_MOST_MINUTES", 120)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name, mounted(Path(name) / "disk") as disk:
        manifest = titles_of(Path(name), titles)
        with running_system(disk / "home", POLYCUE_UP_START_SECONDS="300") as system:
            blows = Blows(
                system,
                disk,
                random.Random(seed),
                pause_s=number("CHAOS_SECONDS", 20),
                full_s=number("CHAOS_FULL_SECONDS", 60),
                most=number("CHAOS_BLOWS", 40),
            )
            with blows, Shift(system, manifest, disk / "out") as shift:
                while not shift.is_done and time.monotonic() - begun < most_s:
                    time.sleep(1)
            took_min = (time.monotonic() - begun) / 60
            say(f"{titles} titles took {took_min:.1f} minutes")
            mark = system.mark()
            wrong = faults(system, manifest, disk / "out", shift)
        wrong += [f"process {pid} was left behind" for pid in system.left_behind(mark)]
    say(f"seed {seed}: {blows.tally()}; the batch was started {shift.rounds} times")
    cells = (seed, titles, f"{took_min:.1f}", blows.tally(), shift.rounds, len(wrong))
    write_section(
        ROOT / "BENCHMARKS.md",
        "Chaos",
        [
            f"Measured {date.today()} on {machine()}; repeat with `make chaos`.",  # noqa: DTZ011
            "",
            _WHAT,
            "",
            "| seed | titles | minutes | blows | times started | wrong |",
            "|--:|--:|--:|---|--:|--:|",
            "| " + " | ".join(map(str, cells)) + " |",
        ],
    )
    for one in wrong:
        say(f"WRONG: {one}")
    say("nothing lost, nothing made twice, nothing left behind" if not wrong else "chaos has won")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
