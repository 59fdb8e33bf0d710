"""What the translation engines cost beside the bare library, on the same weights in one process."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ctranslate2
from translate_fakes import sentence

from subtitles.language import LanguageTag
from translate.engines.batching import SharedTranslator
from translate.engines.ctranslate2_model import open_model_folder
from translate.engines.ctranslate2_translator import CTranslate2Translator
from translate.engines.decoding import Decoding
from translate.engines.pool import EnginePool, PooledTranslator, folder_size_mb
from translate.engines.subword_tokenizers import load_tokenizer
from translate.translator import PLAIN, Ask, LanguagePair, Translation, Translator

THREADS = 2
BEAM = 4
BATCH_TOKENS = (512, 1024, 2048, 4096)
# Two workers of a thread each, or one of two: which is best for the bare loop depends on the model.
LAYOUTS = ((THREADS, 1), (1, THREADS))
FULL = Ask(candidates=4, wants_alignment=True)


@dataclass(frozen=True)
class Pace:
    """Tokens a second by the clock, and a second of processor time, which others do not disturb."""

    per_s: float
    per_cpu_s: float

    def __truediv__(self, other: "Pace") -> "Pace":
        return Pace(self.per_s / other.per_s, self.per_cpu_s / other.per_cpu_s)


@dataclass(frozen=True, kw_only=True)
class BareRatio:
    """The pace of the adapter, beside the best bare loop.

    ``best`` is the bare loop's (workers, threads in each, tokens in a batch); ``full`` is the
    adapter with four candidates and alignments.
    """

    bare: Pace
    adapter: Pace
    full: Pace
    best: tuple[int, int, int]

    @property
    def ratio(self) -> Pace:
        return self.adapter / self.bare


@dataclass(frozen=True, kw_only=True)
class SharedRatio:
    """Processor time a token of several languages at one model, beside each language alone."""

    languages: int
    alone_cpu_s: float
    alone_tokens: int
    together_cpu_s: float
    together_tokens: int
    loads: int

    @property
    def ratio(self) -> float:
        alone = self.alone_cpu_s / self.alone_tokens
        return self.together_cpu_s / self.together_tokens / alone


def engine(folder: Path, pairs: Sequence[LanguagePair]) -> CTranslate2Translator:
    """The adapter as production makes it."""
    return CTranslate2Translator(
        folder,
        model_name="bench",
        model_revision="bench",
        pairs=pairs,
        decoding=Decoding(device="cpu", threads=THREADS, beam_size=BEAM),
    )


def adapter_against_bare(
    folder: Path, texts: Sequence[str], pair: LanguagePair, rounds: int = 3
) -> BareRatio:
    """The best of ``rounds`` turns each, taken in turn, so that a busy moment hits all alike.

    Text to text on both sides: the bare loop cuts, translates and joins in bulk as its documents
    show, without any of what the adapter checks.
    """
    translator = engine(folder, [pair])
    size = _counter(folder)
    loops = {
        (workers, threads, batch): _bare_loop(folder, pair, workers, threads, batch)
        for workers, threads in LAYOUTS
        for batch in BATCH_TOKENS
    }
    # One turn finds the best setting, the others measure.
    first = {key: _pace(lambda run=run: run(texts), size) for key, run in loops.items()}
    best = max(first, key=lambda key: first[key].per_s)
    bare, adapter, full = [first[best]], [], []
    sentences = [sentence(text) for text in texts]
    for _ in range(rounds):
        bare.append(_pace(lambda: loops[best](texts), size))
        adapter.append(_pace(lambda: _texts(translator, sentences, pair, PLAIN), size))
        full.append(_pace(lambda: _texts(translator, sentences, pair, FULL), size))
    return BareRatio(bare=_best(bare), adapter=_best(adapter), full=_best(full), best=best)


def languages_together(
    folder: Path,
    texts: Sequence[str],
    source: LanguageTag,
    targets: Sequence[LanguageTag],
    block: int = 64,
    rounds: int = 3,
) -> SharedRatio:
    """Each language in blocks by itself, one after the other; then all at once, a thread each.

    The best of ``rounds`` turns each, taken in turn.
    """
    pairs = [LanguagePair(source, target) for target in targets]
    loads: list[int] = []
    first = engine(folder, pairs)  # for the signature; warms the library up

    def load() -> Translator:
        loads.append(1)
        return engine(folder, pairs)

    pooled = PooledTranslator(
        EnginePool(10_000),
        load,
        signature=first.signature,
        supports=first.supports,
        size_mb=folder_size_mb(folder),
    )
    size = _counter(folder)
    shared = SharedTranslator(pooled)
    _texts(shared, [sentence(texts[0])], pairs[0], FULL)
    alone, together = _Turn([], 1e9), _Turn([], 1e9)
    for _ in range(rounds):
        alone = min(
            alone, _one_by_one(pooled, texts, pairs, block), key=lambda turn: turn.took_cpu_s
        )
        together = min(
            together, _all_at_once(shared, texts, pairs, block), key=lambda turn: turn.took_cpu_s
        )
    return SharedRatio(
        languages=len(pairs),
        alone_cpu_s=alone.took_cpu_s,
        alone_tokens=size(alone.texts),
        together_cpu_s=together.took_cpu_s,
        together_tokens=size(together.texts),
        loads=len(loads),
    )


@dataclass(frozen=True)
class _Turn:
    texts: list[str]
    took_cpu_s: float


def _one_by_one(
    translator: Translator, texts: Sequence[str], pairs: Sequence[LanguagePair], block: int
) -> _Turn:
    started = time.process_time()
    said = [text for pair in pairs for text in _in_blocks(translator, texts, pair, block)]
    return _Turn(said, time.process_time() - started)


def _all_at_once(
    translator: Translator, texts: Sequence[str], pairs: Sequence[LanguagePair], block: int
) -> _Turn:
    gate = threading.Barrier(len(pairs) + 1)

    def run(pair: LanguagePair) -> list[str]:
        gate.wait()
        return _in_blocks(translator, texts, pair, block)

    with ThreadPoolExecutor(len(pairs)) as pool:
        running = [pool.submit(run, pair) for pair in pairs]
        started = time.process_time()
        gate.wait()
        said = [text for one in running for text in one.result()]
        return _Turn(said, time.process_time() - started)


def _in_blocks(
    translator: Translator, texts: Sequence[str], pair: LanguagePair, block: int
) -> list[str]:
    """As a title is translated: a block, its answers kept, the next block."""
    said: list[str] = []
    for start in range(0, len(texts), block):
        some = [sentence(text) for text in texts[start : start + block]]
        said += _texts(translator, some, pair, FULL)
    return said


def _texts(translator: Translator, sentences: Any, pair: LanguagePair, ask: Ask) -> list[str]:
    found: tuple[Translation, ...] = translator.translate(sentences, pair, ask)
    return [one.text for one in found]


def _bare_loop(
    folder: Path, pair: LanguagePair, workers: int, threads: int, batch: int
) -> Callable[[Sequence[str]], list[str]]:
    model = ctranslate2.Translator(
        str(folder), device="cpu", inter_threads=workers, intra_threads=threads
    )
    opened = open_model_folder(folder, [pair])
    tokenizer = load_tokenizer(folder)
    token = opened.token(pair.target) if opened.has_targets else None
    start, end = [token] if token else [], [] if opened.adds_end else ["</s>"]

    def run(texts: Sequence[str]) -> list[str]:
        sources = [[*start, *pieces, *end] for pieces in tokenizer.pieces(texts)]
        results = model.translate_batch(
            sources, max_batch_size=batch, batch_type="tokens", beam_size=BEAM
        )
        return [tokenizer.text(result.hypotheses[0]) for result in results]

    return run


def _counter(folder: Path) -> Callable[[Sequence[str]], int]:
    tokenizer = load_tokenizer(folder)
    return lambda texts: sum(map(len, tokenizer.pieces(texts)))


def _pace(run: Callable[[], list[str]], size: Callable[[Sequence[str]], int]) -> Pace:
    started, cpu = time.perf_counter(), time.process_time()
    texts = run()
    took, cpu_took = time.perf_counter() - started, time.process_time() - cpu
    tokens = size(texts)
    return Pace(tokens / took, tokens / cpu_took)


def _best(paces: Sequence[Pace]) -> Pace:
    return Pace(max(one.per_s for one in paces), max(one.per_cpu_s for one in paces))
