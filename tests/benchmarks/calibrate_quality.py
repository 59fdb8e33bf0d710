"""Weigh the signals of quality anew: writes translate/choosing/quality.toml.

    .venv/bin/python tests/benchmarks/calibrate_quality.py --parallel DIR [--model DIR]

DIR of ``--parallel`` holds ``heldout.*.tsv`` and ``flores_*.tsv`` (English, tab, translation); DIR
of ``--model`` a CTranslate2 model from English into Spanish, French and German. Without a model the
weights for engines with scores stay as they are. What cannot be measured is named and skipped.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from quality_samples import (  # noqa: E402 -- the paths come first
    NAMES,
    WITHOUT_SCORES,
    Fit,
    Sample,
    fitted,
    lines_of,
    samples_of,
    there_and_back,
)
from translate_fakes import pair  # noqa: E402

TABLE = ROOT / "translate" / "choosing" / "quality.toml"
LANGUAGES = {"es": "spa", "fr": "fra", "de": "deu"}
HEAD = """# What the signals of `translate.choosing.quality` weigh, written by
# tests/benchmarks/calibrate_quality.py. "scored": engines with scores and candidates; "plain": the
# others. A sentence is good at a chrF of 60 or more; everything under "measured" is by five-fold
# cross-validation. good_percent_of_worst: of the 15 % of sentences with the lowest numbers.
# reliability: for fifths of the sentences, lowest first, the mean number and the share of good.
"""


def scored_samples(model: Path, parallel: Path) -> list[Sample]:
    """Everyday sentences and written prose through a model with scores."""
    from translate.engines.ctranslate2_translator import (
        CTranslate2Translator,
        Decoding,
    )

    pairs = [pair("en", tag) for tag in LANGUAGES]
    engine = CTranslate2Translator(
        model,
        model_name=model.name,
        model_revision="-",
        pairs=pairs,
        decoding=Decoding(candidates=4),
    )
    found: list[Sample] = []
    for wanted in pairs:
        for name in (f"heldout.{LANGUAGES[wanted.target]}.tsv", f"flores_{wanted.target}.tsv"):
            found += samples_of(engine, lines_of(parallel / name), wanted)
    return found


def plain_samples(parallel: Path) -> list[Sample]:
    """Prose, and everyday sentences there and back, through the Firefox models."""
    from translate.engines.firefox_translator import (
        FirefoxTranslator,
    )

    engine = FirefoxTranslator("-")
    out, back = pair("en", "pt-BR"), pair("pt-BR", "en")
    prose = parallel / "flores_pt.tsv"
    found = samples_of(engine, lines_of(prose), out)
    found += samples_of(engine, lines_of(prose, flipped=True), back)
    everyday = [text for text, _ in lines_of(parallel / "heldout.spa.tsv")]
    return found + samples_of(engine, there_and_back(engine, everyday, ("en", "pt-BR")), back)


def table(kind: str, fit: Fit) -> Iterator[str]:
    """One part of the file."""
    yield f"[{kind}.weights]"
    yield from (f"{name} = {weight}" for name, weight in fit.weights.items())
    yield f"\n[{kind}.measured]"
    yield f"samples = {fit.samples}"
    yield f"auc = {fit.auc:.3f}"
    yield f"good_percent = {fit.good_percent:.1f}"
    yield f"good_percent_of_worst = {fit.good_percent_of_worst:.1f}"
    yield f"reliability = {fit.reliability}\n"


def kept(kind: str, known: Mapping[str, Mapping[str, Mapping[str, object]]]) -> Iterator[str]:
    """A part as the file has it."""
    for part, values in known[kind].items():
        yield f"[{kind}.{part}]"
        yield from (f"{name} = {value}" for name, value in values.items())
        yield ""


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parallel", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    chosen = parser.parse_args()
    known = tomllib.loads(TABLE.read_text("utf-8")) if TABLE.exists() else {}
    lines: list[str] = []
    if chosen.model is None:
        print("skipped: weights of engines with scores (no --model)")
        lines += kept("scored", known) if known else ()
    else:
        samples = scored_samples(chosen.model, chosen.parallel)
        lines += table("scored", fitted(samples, NAMES))
    lines += table("plain", fitted(plain_samples(chosen.parallel), WITHOUT_SCORES))
    text = HEAD + "\n" + "\n".join(lines).rstrip() + "\n"
    TABLE.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
