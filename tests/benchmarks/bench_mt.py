"""`make bench-mt`: translation against bare engines and against its own parts, and what must hold.

Usage: bench_mt.py [MEDIA [PARALLEL]]. Writes its section of BENCHMARKS.md and ends with an error
when something that must hold does not. Of the environment:

- BENCH_PARTS: which of ``engines sentences room glossary film hostile`` to measure; the other parts
  keep the lines of their last measurement, if it was of the same model.
- BENCH_MT_MODEL: folder of a CTranslate2 model from English into Spanish, French and German.
- BENCH_MARIAN: a Marian folder of the same kind, for plain transformers (`make torch` first).
- BENCH_CUES: of the long film (3,000).
"""

import hashlib
import json
import os
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

import bench_mt_parts as parts  # noqa: E402
from bench_mt_memory import CUES  # noqa: E402
from bench_promises import table  # noqa: E402
from benchmark_file import machine, write_section  # noqa: E402

CACHE = ROOT / ".cache" / "bench-mt"
TITLES = {
    "engines": "Engines",
    "sentences": "Whole sentences",
    "room": "Room to read",
    "glossary": "The show's words",
    "film": "A long film",
    "hostile": "Hostile text",
}


def folder_named(variable):
    """The folder that a variable of the environment names; None for none."""
    name = os.environ.get(variable)
    if not name:
        return None
    folder = Path(name)
    if not folder.is_dir():
        sys.exit(f"{variable}: {name} is no folder")
    return folder


def measured_part(name, materials):
    """(lines, promises) of one part."""
    if name == "film":
        return parts.film(materials, int(os.environ.get("BENCH_CUES") or CUES))
    return getattr(parts, name)(materials)


def revision(model):
    """What the numbers belong to."""
    if model is None:
        return "none"
    return hashlib.sha256((model / "model.bin").read_bytes()).hexdigest()[:12]


def described(model):
    """The models, in a sentence."""
    if model is None:
        return "Firefox en→pt-BR"
    size = (model / "model.bin").stat().st_size / 1e6
    return (
        f"Firefox en→pt-BR, and a multilingual model en→es, fr, de (Marian, int8, {size:.0f} MB, "
        f"weights {revision(model)})"
    )


def section(kept, model):
    """Every part that was ever measured, in order, and what must hold on top."""
    promises = [row for name in TITLES if name in kept for row in kept[name]["promises"]]
    missing = [TITLES[name] for name in TITLES if name not in kept]
    lines = [f"{described(model)}; repeat with `make bench-mt`.", ""]
    lines += table(("must hold", "limit", "found", ""), promises)
    for name, title in TITLES.items():
        if name in kept:
            lines += [f"### {title}", "", f"Measured {kept[name]['when']}.", ""]
            lines += kept[name]["lines"]
    if missing:
        lines += [f"Not measured: {', '.join(missing)}.", ""]
    return lines[:-1]


def parts_of(file, model):
    """What was measured with these models."""
    known = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return {name: part for name, part in known.items() if part.get("model") == revision(model)}


def main():
    given = [Path(one) for one in sys.argv[1:3]]
    media, parallel = [*given, *(ROOT / "sample_media", ROOT / "parallel")[len(given) :]]
    model = folder_named("BENCH_MT_MODEL")
    materials = parts.Materials(
        media=media, parallel=parallel, model=model, marian=folder_named("BENCH_MARIAN")
    )
    if not parallel.is_dir():
        print(f"Skipped: no pairs of sentences in {parallel} (BENCH_PARALLEL).")
        return 0
    wanted = (os.environ.get("BENCH_PARTS") or " ".join(TITLES)).split()
    unknown = set(wanted) - set(TITLES)
    if unknown:
        sys.exit(f"BENCH_PARTS: {', '.join(sorted(unknown))}: one of {', '.join(TITLES)}")
    CACHE.mkdir(parents=True, exist_ok=True)
    file = CACHE / "parts.json"
    kept = parts_of(file, model)
    for name in wanted:
        lines, promises = measured_part(name, materials)
        kept = parts_of(file, model)  # another part may have been measured meanwhile
        kept[name] = {
            "model": revision(model),
            "when": f"{date.today()} on {machine()}",  # noqa: DTZ011
            "lines": lines,
            "promises": [promise.row for promise in promises],
        }
        file.write_text(json.dumps(kept), "utf-8")
        print("\n".join(lines), flush=True)
    lines = section(kept, model)
    write_section(ROOT / "BENCHMARKS.md", "Translation", lines)
    print("\n".join(lines))
    return int(any(row[-1] != "holds" for name in wanted for row in kept[name]["promises"]))


if __name__ == "__main__":
    sys.exit(main())
