"""`make bench-asr`: recognition against bare scripts on the same model, and what must hold.

Usage: bench_asr.py [MEDIA]. Writes its section of BENCHMARKS.md and ends with an error when
something that must hold does not. Of the environment:

- BENCH_PARTS: which of ``speed memory times words doubts`` to measure; the other parts keep the
  lines of their last measurement, if it was of the same recogniser.
- BENCH_MINUTES: of speech in the speed contest (20). BENCH_ROUNDS: of it, the best counts (1).
- BENCH_HOURS: of the long film in the memory part (3).
"""

import json
import os
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

import bench_asr_parts as parts  # noqa: E402
from bench_recognition import MODEL, Recognition  # noqa: E402
from benchmark_file import machine, write_section  # noqa: E402

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


def section(kept):
    """Every part that was ever measured, in order, and what must hold on top."""
    promises = [row for name in TITLES if name in kept for row in kept[name]["promises"]]
    missing = [TITLES[name] for name in TITLES if name not in kept]
    lines = [f"{MODEL}, int8; repeat with `make bench-asr`.", ""]
    lines += parts.table(("must hold", "limit", "found", ""), promises)
    for name, title in TITLES.items():
        if name in kept:
            lines += [f"### {title}", "", f"Measured {kept[name]['when']}.", ""]
            lines += kept[name]["lines"]
    if missing:
        lines += [f"Not measured: {', '.join(missing)}.", ""]
    return lines[:-1]


def main():
    media = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "sample_media")
    if not (media / "en").is_dir():
        print(f"Skipped: no recordings with references in {media} (BENCH_MEDIA).")
        return 0
    wanted = (os.environ.get("BENCH_PARTS") or " ".join(TITLES)).split()
    unknown = set(wanted) - set(TITLES)
    if unknown:
        sys.exit(f"BENCH_PARTS: {', '.join(sorted(unknown))}: one of {', '.join(TITLES)}")
    CACHE.mkdir(parents=True, exist_ok=True)
    file = CACHE / "parts.json"
    kept = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    recognition = Recognition(CACHE, lambda said: print(said, flush=True))
    signature = recognition.signature
    kept = {name: part for name, part in kept.items() if part.get("recognizer") == signature}
    for name in wanted:
        lines, promises = measured_part(name, recognition, media)
        kept[name] = {
            "recognizer": signature,
            "when": f"{date.today()} on {machine()}",  # noqa: DTZ011
            "lines": lines,
            "promises": [promise.row for promise in promises],
        }
        file.write_text(json.dumps(kept), "utf-8")
    lines = section(kept)
    write_section(ROOT / "BENCHMARKS.md", "Recognition", lines)
    print("\n".join(lines))
    return int(any(row[-1] != "holds" for name in wanted for row in kept[name]["promises"]))


if __name__ == "__main__":
    sys.exit(main())
