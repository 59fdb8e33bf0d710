"""The parts of the translation benchmark, each giving lines of a report and what must hold."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench_mt_engines import THREADS, adapter_against_bare, languages_together
from bench_mt_glossary import english_lines, glossary_score, planted_names, planted_terms
from bench_mt_hostile import ENTRIES, INSTRUCTIONS, OBEDIENT, examined, obedient
from bench_mt_memory import CUES, LongFilm
from bench_mt_projection import (
    KnownCut,
    cue_by_cue,
    cut_at_commas,
    fitted_drafts,
    joined_clauses,
    sentence_first,
)
from bench_promises import Promise, table
from translate_fakes import pair, sentence

from flows.cli.score_files import read_reference
from subtitles.language import parse_language
from translate.engines.ctranslate2_translator import CTranslate2Translator
from translate.engines.decoding import Decoding
from translate.engines.firefox_translator import FirefoxTranslator
from translate.scoring.likeness import Segment, chrf
from translate.translator import Translator

ROOT = Path(__file__).parents[2]
SETS = {"es": "spa", "fr": "fra", "de": "deu"}
FIREFOX = "pt-BR"
MIN_OF_BARE, MIN_OF_TORCH, MAX_TOGETHER = 0.95, 3.0, 1.1
MAX_PEAK_MB = 2_000
MAX_CHRF_MOVED = 0.3
MIN_TERMS = 0.95
SOUND_CHRF = 40.0
"""Of everyday sentences. A model below renders what is longer than a few words by something else,
and the shorter what it is asked, the better it looks: nothing is promised of it."""
_SOUND_LINES = 100
_ROW = 40
"""Characters of a cue of one row, as speech is cut."""


@dataclass(frozen=True, kw_only=True)
class Materials:
    """What there is to measure with; None and missing folders are skipped, and said so.

    Attributes:
        media: Recordings with references.
        parallel: Pairs of sentences.
        model: A CTranslate2 model from English into Spanish, French and German.
        marian: A Marian folder, to be converted and compared with itself.
    """

    media: Path
    parallel: Path
    model: Path | None
    marian: Path | None

    def translator(self, target: str) -> Translator | None:
        """From English, as production makes it; None where there is none."""
        if target == FIREFOX:
            return FirefoxTranslator("bench")
        if self.model is None:
            return None
        return CTranslate2Translator(
            self.model,
            model_name="bench",
            model_revision="bench",
            pairs=[pair("en", one) for one in SETS],
            decoding=Decoding(device="cpu", threads=THREADS),
        )

    def translators(self) -> dict[str, Translator]:
        """By target language."""
        found = {target: self.translator(target) for target in (FIREFOX, *SETS)}
        return {target: one for target, one in found.items() if one is not None}

    def lines(self, target: str, *, prose: bool) -> list[tuple[str, str]]:
        """Pairs of sentences: written prose (FLORES), or everyday sentences (Tatoeba)."""
        tag = target.partition("-")[0]
        name = f"flores_{tag}.tsv" if prose else f"heldout.{SETS.get(tag, '')}.tsv"
        path = self.parallel / name
        if not path.is_file():
            return []
        rows = (row.split("\t")[:2] for row in path.read_text("utf-8").splitlines())
        return [(said, shown) for said, shown in rows]

    def is_judged(self, target: str) -> bool:
        """Whether a model knows enough that its chrF says anything about what is done with it."""
        if target == FIREFOX:
            return True
        lines = self.lines(target, prose=False)[:_SOUND_LINES]
        translator = self.translator(target)
        if translator is None or not lines:
            return False
        said = translator.translate([sentence(one) for one, _ in lines], pair("en", target))
        segments = [
            Segment(shown=one.text, wanted=wanted)
            for one, (_, wanted) in zip(said, lines, strict=True)
        ]
        return chrf(segments).score >= SOUND_CHRF


NO_MODEL = "Skipped: no multilingual model from English into es, fr and de (BENCH_MT_MODEL)."


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


# ---- sentences -----------------------------------------------------------------------------------


def chopped(lines, row: int = _ROW) -> list[KnownCut]:
    """Sentences over as many cues as they have rows; only whole sentences have a reference."""
    found = []
    for said, shown in lines:
        source = _rows_of(said, -(-len(said) // row))
        if len(source) > 1 and len(shown.split()) >= len(source):
            found.append(KnownCut(source=source, target=_rows_of(shown, len(source))))
    return [one for one in found if len(one.source) == len(one.target)]


def _rows_of(text: str, count: int) -> tuple[str, ...]:
    """About equal parts, cut between words."""
    rows, done = [""] * count, 0
    for word in text.split():
        place = min(count - 1, done * count // len(text))
        rows[place] = f"{rows[place]} {word}".strip()
        done += len(word) + 1
    return tuple(row for row in rows if row)


def sentences(materials: Materials):
    """Whole sentences and projection against every cue by itself."""
    rows, promises = [], []
    weak = [target for target in materials.translators() if not materials.is_judged(target)]
    for target, translator in materials.translators().items():
        for name, known, is_cut_known in _sets(materials, target):
            whole, _ = sentence_first(known, translator, pair("en", target))
            parts = cue_by_cue(known, translator, pair("en", target))
            ours, theirs = (
                one.chrf_cues if is_cut_known else one.chrf_sentences for one in (whole, parts)
            )
            rows.append(
                (f"{name}, en→{target}", len(known), whole.cues,
                 "cues" if is_cut_known else "sentences", f"{theirs:.1f}", f"{ours:.1f}",
                 parts.too_fast, whole.too_fast)
            )  # fmt: skip
            if target not in weak:
                promises.append(
                    Promise(f"chrF of whole sentences, {name}, en→{target}", f"> {theirs:.1f}",
                            f"{ours:.1f}", ours > theirs)
                )  # fmt: skip
    head = ("sentences over several cues", "sentences", "cues", "chrF of", "cue by cue",
            "whole sentences", "too fast, cue by cue", "too fast, whole")  # fmt: skip
    lines = ["Firefox serves en→pt-BR, the multilingual model the others.", ""]
    lines += [] if materials.model else [NO_MODEL, ""]
    return [*lines, *_weakness(weak), *table(head, rows)], promises


def _weakness(weak):
    if not weak:
        return []
    return [
        (f"Not judged: {', '.join(weak)}. The model is below chrF {SOUND_CHRF:g} on everyday "
        "sentences; its numbers stand here for the record."), "",
    ]  # fmt: skip


def _sets(materials: Materials, target: str):
    """(name, sentences, whether it is known which cue shows which words)."""
    everyday, prose = (materials.lines(target, prose=one) for one in (False, True))
    both = [*everyday, *prose]
    joined = joined_clauses(everyday, target.partition("-")[0], count=150) if everyday else []
    found = [
        ("Tatoeba, clauses joined", joined, True),
        ("Tatoeba and FLORES, cut at commas", cut_at_commas(both), True),
        ("FLORES, cut by length", chopped(prose), False),
        *((name, chopped(lines), False) for name, lines in _recordings(materials.media, target)),
    ]
    return [(name, known, cut) for name, known, cut in found if known]


def _recordings(media: Path, target: str):
    """English references with a translator's beside them, cue by cue: (name, pairs of texts)."""
    tag = target.partition("-")[0]
    for stem in ("en/fleurs_en", "cs/fillets_cs_dialogue"):
        files = [media / f"{stem}.{one}.srt" for one in ("en", tag)]
        if all(file.is_file() for file in files):
            texts = [
                [one.text for one in read_reference(file, parse_language(lang)).passages]
                for file, lang in zip(files, ("en", tag), strict=True)
            ]
            if len(texts[0]) == len(texts[1]):
                yield files[0].stem.removesuffix(".en"), list(zip(*texts, strict=True))


# ---- room ----------------------------------------------------------------------------------------


def room(materials: Materials):
    """Cues too fast to read: as they come, cut otherwise, and with shorter renderings."""
    if materials.model is None:
        return [NO_MODEL, ""], []
    rows, moves = [], []
    totals = [0, 0]
    for target in SETS:
        translator = materials.translator(target)
        joined = joined_clauses(materials.lines(target, prose=False), target, count=150)
        known = [*joined, *chopped(materials.lines(target, prose=True))]
        found = fitted_drafts(known, translator, pair("en", target))
        first, fitted = found.draft, found.fitted
        moved = fitted.chrf_sentences - first.chrf_sentences
        # Which words a cue should show is known of the joined clauses alone.
        cues = fitted_drafts(joined, translator, pair("en", target))
        moved_in_cues = cues.fitted.chrf_cues - cues.draft.chrf_cues
        rows.append(
            (f"en→{target}", first.cues, first.too_fast, found.cut_anew.too_fast, fitted.too_fast,
             f"{first.chrf_sentences:.1f}", f"{fitted.chrf_sentences:.1f}", f"{moved:+.2f}",
             f"{moved_in_cues:+.2f}")
        )  # fmt: skip
        totals = [totals[0] + first.too_fast, totals[1] + fitted.too_fast]
        moves.append(moved)
    head = ("fitting", "cues", "too fast, first draft", "cut otherwise", "and said shorter",
            "chrF, first draft", "chrF, fitted", "moved", "moved, cue by cue")  # fmt: skip
    left = totals[1] / max(1, totals[0])
    worst = max(moves, key=abs)
    weak = [target for target in SETS if not materials.is_judged(target)]
    lines = [*_weakness(weak), *table(head, rows)]
    if weak:
        return lines, []
    return lines, [
        Promise("cues too fast after fitting, of those at first draft", "≤ 50 %", f"{left:.0%}",
                left <= 0.5),
        Promise("chrF moved by fitting, at worst", f"± {MAX_CHRF_MOVED}", f"{worst:+.2f}",
                abs(worst) <= MAX_CHRF_MOVED),
    ]  # fmt: skip


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
    weak = [target for target in materials.translators() if not materials.is_judged(target)]
    if weak:
        lines += [(f"Below chrF {SOUND_CHRF:g} on everyday sentences, and judged all the same: "
                  f"{', '.join(weak)}."), ""]  # fmt: skip
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
