"""Damaged and lying media files, and a process of their own in which they are read.

Each file is read under a limit of memory and of time; a process that dies or hangs names the file.
"""

import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MEMORY_BYTES = 1_500_000_000
"""Of address space, libraries included: an honest read of a small file takes half of it."""
SECONDS_A_FILE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: ``heard`` with a length, or the name of a PolycueError."""

    kind: str
    heard_s: float


def read_apart(paths: Sequence[Path]) -> dict[str, Outcome]:
    """Probe and decode each file in one other process; AssertionError names one that broke it."""
    done = subprocess.run(
        [sys.executable, __file__, *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=60 + SECONDS_A_FILE * len(paths),
        check=False,
    )
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    begun = [line[1] for line in lines if line[0] == "begun"]
    assert done.returncode == 0, (done.returncode, begun[-1:], done.stderr[-600:])
    return {
        name: Outcome(kind=kind, heard_s=float(heard))
        for verb, name, *rest in lines
        if verb == "done"
        for kind, heard in [rest]
    }


def damaged_copies(path: Path, folder: Path, *, count: int, seed: int) -> list[Path]:
    """Copies with flipped bits, overwritten or repeated stretches, or a missing end."""
    content, copies = path.read_bytes(), []
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        copy = folder / f"{path.stem}_{number}{path.suffix}"
        copy.write_bytes(_damaged(bytearray(content), chance))
        copies.append(copy)
    return copies


def _damaged(content: bytearray, chance: random.Random) -> bytes:
    # Headers, where a lie does most, are hit as often as all the rest.
    ends = (min(len(content), 600), len(content))
    for _ in range(chance.choice((1, 3, 30))):
        at = chance.randrange(chance.choice(ends))
        match chance.randrange(4):
            case 0:
                content[at] ^= 1 << chance.randrange(8)
            case 1:
                content[at : at + 8] = chance.choice((b"\xff", b"\x00", b"\x7f")) * 8
            case 2:
                content[at : at + 4] = chance.randbytes(4)
            case _:
                content[at:at] = content[at : at + chance.randrange(1, 200)]
    if chance.random() < 0.25:
        del content[chance.randrange(len(content)) :]
    return bytes(content)


def _read(path: Path) -> tuple[str, float]:
    from asr.sound.av_media import decode_blocks, probe
    from asr.sound.stream_choice import stream_choice
    from subtitles.errors import PolycueError

    heard = 0
    try:
        asset = probe(path)
        for block in decode_blocks(asset, stream_choice(asset, None).stream):
            heard += len(block)
    except PolycueError as error:
        return type(error).__name__ if str(error).isprintable() else "unprintable", heard / 16_000
    return "heard", heard / 16_000


def _main(names: Sequence[str]) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    for name in names:
        _tell("begun", name)
        # Not caught: a demuxer that does not come back would not let Python catch it either.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(SECONDS_A_FILE)
        kind, heard_s = _read(Path(name))
        _tell("done", name, kind, heard_s)


def _tell(*values: object) -> None:
    sys.stdout.write("\t".join(map(str, values)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    import logging

    logging.disable(logging.CRITICAL)
    _main(sys.argv[1:])
