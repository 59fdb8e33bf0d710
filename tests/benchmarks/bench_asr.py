"""`make bench-asr`: recognition against bare scripts on the same model, and what must hold.

Usage: bench_asr.py [MEDIA]. Writes its section of BENCHMARKS.md and ends with an error when
something that must hold does not. Of the environment:

- BENCH_PARTS: which of ``speed memory times words doubts`` to measure; the other parts keep the
  lines of their last measurement, if it was of the same recogniser.
- BENCH_MINUTES: of speech in the speed contest (20). BENCH_ROUNDS: of it, the best counts (1).
- BENCH_HOURS: of the long film in the memory part (3).
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

import bench_asr_parts as parts  # noqa: E402
from bench_recognition import MODEL, Recognition  # noqa: E402
from bench_sections import Benchmark, wanted_parts  # noqa: E402

CACHE = ROOT / ".cache" / "bench-asr"
PROMPTS = ROOT / ".cache" / "bench-subtitles" / "prompts"
TITLES = {
    "speed": "Wall time",
    "memory": "Memory",
    "times": "Times",
    "words": "Words",
    "doubts": "Doubts",
}


def number(name, default):
    return float(os.environ.get(name) or default)


def measured_part(name, recognition, media):
    """(lines, promises) of one part."""
    extra = parts.prompts(PROMPTS)
    match name:
        case "speed":
            minutes, rounds = number("BENCH_MINUTES", parts.MINUTES), number("BENCH_ROUNDS", 1)
            return parts.speed(recognition, media, extra=extra, minutes=minutes, rounds=int(rounds))
        case "memory":
            return parts.memory(recognition, media, extra=extra, hours=number("BENCH_HOURS", 3))
        case "times":
            return parts.times(recognition, media)
        case "words":
            return parts.words(recognition, media)
        case _:
            return parts.doubts(recognition, media, CACHE)


def main():
    media = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "sample_media")
    if not (media / "en").is_dir():
        print(f"Skipped: no recordings with references in {media} (BENCH_MEDIA).")
        return 0
    wanted = wanted_parts(TITLES)
    CACHE.mkdir(parents=True, exist_ok=True)
    recognition = Recognition(CACHE, lambda said: print(said, flush=True))
    benchmark = Benchmark(
        name="Recognition",
        intro=f"{MODEL}, int8; repeat with `make bench-asr`.",
        titles=TITLES,
        cache=CACHE,
        made_by=("recognizer", recognition.signature),
    )
    return benchmark.run(wanted, lambda name: measured_part(name, recognition, media))


if __name__ == "__main__":
    sys.exit(main())
