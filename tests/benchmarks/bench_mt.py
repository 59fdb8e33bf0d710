"""`make bench-mt`: translation against bare engines and against its own parts, and what must hold.

Usage: bench_mt.py [MEDIA [PARALLEL]]. Writes its section of BENCHMARKS.md and ends with an error
when something that must hold does not. Of the environment:

- BENCH_PARTS: which of ``engines sentences room glossary film hostile`` to measure; the other parts
  keep the lines of their last measurement, if it was of the same model.
- BENCH_MT_MODEL: folder of a CTranslate2 model from English into Spanish, French and German; the
  one of the tests when not given.
- BENCH_MARIAN: a Marian folder of the same kind, for plain transformers (`make torch` first).
- BENCH_CUES: of the long film (3,000).
"""

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "tests" / "fixtures" / "en_es_fr_de"
sys.path.insert(0, str(ROOT / "tests" / "support"))

import bench_mt_parts as parts  # noqa: E402
from bench_mt_materials import Materials  # noqa: E402
from bench_mt_memory import CUES  # noqa: E402
from bench_mt_sentences import room, sentences  # noqa: E402
from bench_sections import Benchmark, wanted_parts  # noqa: E402

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
    measure = {
        "engines": parts.engines,
        "sentences": sentences,
        "room": room,
        "glossary": parts.glossary,
        "hostile": parts.hostile,
    }
    return measure[name](materials)


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


def main():
    given = [Path(one) for one in sys.argv[1:3]]
    media, parallel = [*given, *(ROOT / "sample_media", ROOT / "parallel")[len(given) :]]
    model = folder_named("BENCH_MT_MODEL") or STARTER
    materials = Materials(
        media=media, parallel=parallel, model=model, marian=folder_named("BENCH_MARIAN")
    )
    if not parallel.is_dir():
        print(f"Skipped: no pairs of sentences in {parallel} (BENCH_PARALLEL).")
        return 0
    benchmark = Benchmark(
        name="Translation",
        intro=f"{described(model)}; repeat with `make bench-mt`.",
        titles=TITLES,
        cache=CACHE,
        made_by=("model", revision(model)),
    )
    return benchmark.run(wanted_parts(TITLES), lambda name: measured_part(name, materials))


if __name__ == "__main__":
    sys.exit(main())
