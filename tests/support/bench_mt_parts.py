"""The parts of the translation benchmark, each giving lines of a report and what must hold."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench_mt_engines import adapter_against_bare, languages_together
from bench_mt_glossary import english_lines, glossary_score, planted_names, planted_terms
from bench_mt_hostile import ENTRIES, INSTRUCTIONS, OBEDIENT, examined, obedient
from bench_mt_materials import FIREFOX, NO_MODEL, SETS, Materials
from bench_mt_memory import CUES, LongFilm
from bench_promises import Promise, table
from translate_fakes import pair

from subtitles.language import parse_language

ROOT = Path(__file__).parents[2]
MIN_OF_BARE, MIN_OF_TORCH, MAX_TOGETHER = 0.95, 3.0, 1.1
MAX_PEAK_MB = 2_000
MIN_TERMS = 0.95


# ---- engines -------------------------------------------------------------------------------------


def engines(materials: Materials):
    """The adapter beside the bare library and plain transformers; languages at one model."""
    lines, promises = [], []
    if materials.model is None:
        lines += [NO_MODEL, ""]
    else:
        texts = [said for said, _ in materials.lines("es", prose=False)]
        found = adapter_against_bare(materials.model, texts, pair("en", "es"))
        rows = [
            (f"bare loop, {found.best}", *_paces(found.bare), ""),
            ("adapter", *_paces(found.adapter), _percents(found.ratio)),
            ("adapter, 4 candidates with alignment", *_paces(found.full),
             _percents(found.full / found.bare)),
        ]  # fmt: skip
        lines += table(
            (f"{len(texts)} sentences, beam 4 (workers, threads, tokens a batch)", "tokens/s",
             "tokens/CPU s", "of the bare loop: clock, CPU"), rows,
        )  # fmt: skip
        promises.append(
            Promise("pace of the adapter, of a bare loop's at its best batch (CPU time)",
                    f"≥ {MIN_OF_BARE:.0%}", f"{found.ratio.per_cpu_s:.1%}",
                    found.ratio.per_cpu_s >= MIN_OF_BARE)
        )  # fmt: skip
        source, targets = parse_language("en"), [parse_language(one) for one in SETS]
        shared = languages_together(materials.model, texts[:400], source, targets)
        lines += [
            (f"{shared.languages} languages of one model: {shared.together_cpu_s:.1f} CPU s "
            f"together ({shared.together_tokens:,} tokens), {shared.alone_cpu_s:.1f} one by one "
            f"({shared.alone_tokens:,} tokens)."), "",
        ]  # fmt: skip
        promises += [
            Promise("cost of a token, languages together against one by one",
                    f"< {MAX_TOGETHER}", f"{shared.ratio:.2f}", shared.ratio < MAX_TOGETHER),
            Promise("loads of the model in a process", "1", str(shared.loads), shared.loads == 1),
        ]  # fmt: skip
    torch_lines, torch_promises = _torch(materials)
    return lines + torch_lines, promises + torch_promises


def _torch(materials: Materials):
    overlay = ROOT / ".torch"
    if not overlay.is_dir():
        return ["Skipped: plain transformers, since there is no PyTorch (`make torch`).", ""], []
    if materials.marian is None:
        return ["Skipped: plain transformers, since no Marian folder is named (BENCH_MARIAN).",
                ""], []  # fmt: skip
    texts = [said for said, _ in materials.lines("es", prose=False)][:200]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("bench_mt_torch.py")), materials.marian],
        input=json.dumps(texts),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (overlay, ROOT))),
             "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    found = json.loads(done.stdout)
    rows = [(way, f"{one['per_s']:,.0f}", f"{one['per_cpu_s']:,.0f}") for way, one in found.items()]
    lines = table((f"the same weights, {len(texts)} sentences, beam 4", "tokens/s",
                   "tokens/CPU s"), rows)  # fmt: skip
    ours = found["adapter, int8"]["per_cpu_s"]
    theirs = max(one["per_cpu_s"] for way, one in found.items() if way != "adapter, int8")
    return lines, [
        Promise("pace of the adapter, of plain transformers' at its best batch (CPU time)",
                f"≥ {MIN_OF_TORCH:g} x", f"{ours / theirs:.1f} x", ours / theirs >= MIN_OF_TORCH)
    ]  # fmt: skip


def _paces(pace):
    return f"{pace.per_s:,.0f}", f"{pace.per_cpu_s:,.0f}"


def _percents(ratio):
    return f"{ratio.per_s:.1%}, {ratio.per_cpu_s:.1%}"


# ---- the show's words ----------------------------------------------------------------------------


def glossary(materials: Materials):
    """Planted words that stand in the translation, with the glossary and without."""
    texts = english_lines(sorted(materials.parallel.glob("heldout.*.tsv")))
    if not texts:
        return ["Skipped: no sentences to plant words in (BENCH_PARALLEL).", ""], []
    rows: list[tuple[str, int, int, int, str]] = []
    kept: dict[tuple[str, str], tuple[int, int]] = {}
    for target, translator in materials.translators().items():
        language = parse_language(target)
        for kind, planted in (
            ("names", planted_names(texts, 15)),
            ("terms", planted_terms(texts, language, 15)),
        ):
            bare = glossary_score(planted, language, translator, aided=False)
            ours = glossary_score(planted, language, translator)
            rows.append((f"{kind}, en→{target}", ours.planted, bare.kept, ours.kept,
                         f"{ours.share:.1%}"))  # fmt: skip
            model = "Firefox" if target == FIREFOX else "multilingual"
            there, of = kept.get((kind, model), (0, 0))
            kept[kind, model] = there + ours.kept, of + ours.planted
    lines = table(("planted", "sentences", "there by itself", "with the glossary", "share"), rows)
    return lines, [_words_kept(*key, *counts) for key, counts in kept.items()]


def _words_kept(kind: str, model: str, there: int, of: int) -> Promise:
    least, what = (
        (1.0, "names that are not to be translated, kept")
        if kind == "names"
        else (MIN_TERMS, "fixed terms honoured")
    )
    share = there / max(1, of)
    return Promise(f"{what}, {model}", f"≥ {least:.0%}", f"{share:.1%}", share >= least)


# ---- a long film ---------------------------------------------------------------------------------


def film(materials: Materials, cues: int = CUES):
    """Memory of a long file into four languages, and what two kills cost."""
    routes = [(FIREFOX, None)]
    if materials.model is not None:
        routes.append((",".join(SETS), materials.model))
    with tempfile.TemporaryDirectory() as name:
        whole, broken = (LongFilm(Path(name) / one, routes, cues=cues) for one in ("a", "b"))
        cost = whole.finished()
        kills = [broken.killed(after=cues // 3), broken.killed(after=cues // 3)]
        again = broken.finished()
        is_same = whole.files() == broken.files()
    lines = [] if materials.model else [NO_MODEL, ""]
    lines += table(
        (f"{cost.cues:,} cues into {cost.languages} languages", "questions", "asked again",
         "peak memory", "CPU"),
        [
            ("in one go", cost.asked, cost.asked_twice, f"{cost.peak_mb:.0f} MB",
             f"{cost.cpu_s:.0f} s"),
            (f"killed after {' and '.join(map(str, kills))} questions", again.asked,
             again.asked_twice, f"{again.peak_mb:.0f} MB", f"{again.cpu_s:.0f} s (last turn)"),
        ],
    )  # fmt: skip
    lost = again.asked - cost.asked
    peak = max(cost.peak_mb, again.peak_mb)
    at_hand = len(kills) * 64 * max(1, cost.languages - 1)
    return lines, [
        Promise("peak memory of a long film", f"< {MAX_PEAK_MB:,} MB", f"{peak:.0f} MB",
                peak < MAX_PEAK_MB),
        Promise("questions asked again after kills: those in hand at most", f"≤ {at_hand}",
                str(lost), lost <= at_hand),
        Promise("files after kills", "the same", "the same" if is_same else "others", is_same),
    ]  # fmt: skip


# ---- hostile text --------------------------------------------------------------------------------


def hostile(materials: Materials):
    """Every hostile cue through every engine, between two ordinary ones."""
    translators = {
        target: one
        for target, one in materials.translators().items()
        if target in (FIREFOX, next(iter(SETS)))
    }
    rows, bad = [], []
    for name, text in ENTRIES.items():
        cells = []
        for target, translator in translators.items():
            found = examined(text, translator, pair("en", target))
            cells.append(", ".join(found.rules) or "none")
            if found.faults or not found.rules:
                bad.append(f"{name} ({target}): {'; '.join(found.faults) or 'no finding'}")
        rows.append((name, *cells))
    head = ("a cue of", *(f"findings, en→{target}" for target in translators))
    lines = table(head, rows)
    lines += [f"- {one}" for one in bad] + ([""] if bad else [])
    obeyed, spoilt = _obedient_models()
    return [*lines, *obeyed], [
        Promise("instructions in a cue, obeyed by a language model: that cue alone, and a finding",
                f"{len(OBEDIENT)} of {len(OBEDIENT)}", str(len(OBEDIENT) - spoilt), not spoilt),
        Promise("hostile cues: no crash, neighbours and files untouched, a finding each",
                f"{len(rows)} of {len(rows)}", str(len(rows) - len({one.partition(' (')[0]
                                                                   for one in bad})), not bad)
    ]  # fmt: skip


def _obedient_models():
    """(lines, how many did harm) of endpoints whose model does what a cue tells it."""
    rows, spoilt = [], 0
    for name in OBEDIENT:
        with obedient(name) as translator:
            found = examined(ENTRIES[INSTRUCTIONS], translator, pair("en", "el"))
        spoilt += bool(found.faults) or not found.rules
        rows.append((name, ", ".join(found.rules) or "none", "; ".join(found.faults) or "none"))
    return table((f"{INSTRUCTIONS}, whose endpoint", "findings", "harm beside it"), rows), spoilt
