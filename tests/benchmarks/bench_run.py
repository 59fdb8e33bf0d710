"""`make bench-run`: the main job on the sample media, first run against second run, and accuracy.

Writes its section of BENCHMARKS.md. Times are wall-clock seconds of the whole command; only the
ratios within one run of this script mean anything across machines.
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from accuracy import sentence_starts, word_error_rate  # noqa: E402
from benchmark_file import machine, write_section  # noqa: E402
from command import SAMPLES, VIDEO, ran  # noqa: E402

from subtitles.formats.srt import SrtFormat  # noqa: E402

STEM = "sense_and_sensibility"


def timed(home, *args, **more):
    began = time.perf_counter()
    done = ran(home, *args, **more)
    if done.code != 0:
        sys.exit(done.err)
    return time.perf_counter() - began


def time_runs(folder):
    """Seconds of: pulling models, first run, second run, one more target, help."""
    home, out = folder / "home", folder / "out"
    home.mkdir()
    run = ("run", VIDEO, "--out", out, "--quiet")
    pull = timed(home, "models", "pull", "whisper-base")
    first = timed(home, *run, "--to", "pt-BR")
    second = min(timed(home, *run, "--to", "pt-BR") for _ in range(3))
    more = timed(home, *run, "--to", "pt-BR,pt")
    help_s = min(timed(home, "--help") for _ in range(5))
    return [
        ("`polycue models pull whisper-base` (join, verify)", pull, None),
        ("first run: en + pt-BR", first, 1.0),
        ("second run, nothing changed", second, second / first),
        ("third run, one more target", more, more / first),
        ("`polycue --help`", help_s, None),
    ]


def accuracy(folder, media):
    """Word error rate and sentence-start errors of one sample."""
    home = folder / "home"
    timed(home, "run", SAMPLES / media, "--out", folder / "out", "--quiet")
    stem = media.partition(".")[0]
    cues = (
        SrtFormat()
        .decode((folder / "out" / f"{stem}.en.srt").read_text("utf-8"))
        .document.subtitles
    )
    heard = " ".join(" ".join(cue.lines) for cue in cues)
    wer = word_error_rate((SAMPLES / f"{stem}.txt").read_text("utf-8"), heard)
    starts = sentence_starts((SAMPLES / f"{stem}.en.srt").read_text("utf-8"), cues)
    errors = sorted(abs(start.error_ms) for start in starts if start.error_ms is not None)
    return media, wer, len(errors), len(starts), errors[len(errors) // 2], errors[-1]


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs = time_runs(folder)
        rows = [
            accuracy(folder, media) for media in ("sense_and_sensibility.mp4", "voice_menu.flac")
        ]
    lines = [
        f"Measured {date.today()} on {machine()}; repeat with `make bench-run`.",  # noqa: DTZ011
        "",
        "| command | seconds | of the first run |",
        "|---|--:|--:|",
        *(f"| {what} | {s:.2f} | {'' if r is None else f'{r:.0%}'} |" for what, s, r in runs),
        "",
        "| sample | word error rate | sentences begun by a cue | in-time error, median | worst |",
        "|---|--:|--:|--:|--:|",
        *(
            f"| {media} | {wer:.3f} | {found} of {total} | {median} ms | {worst} ms |"
            for media, wer, found, total, median, worst in rows
        ),
    ]
    write_section(ROOT / "BENCHMARKS.md", "The main job on the sample media", lines)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
