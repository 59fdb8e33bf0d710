"""From sentence pairs to a run folder that `train` can take up."""

import json
import logging
import random
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from translate.engines.model_folder import LIMITS_FILE, LONGEST_SENTENCE
from translate.training.corpus import encoded, write_corpus
from translate.training.errors import ExistingRunError, TooFewPairsError
from translate.training.pairs import SentencePair, SiftedPairs, folded, sift
from translate.training.plan import Plan, write_plan
from translate.training.provenance import provenance_of, write_provenance
from translate.training.vocabulary import (
    open_vocabulary,
    train_vocabulary,
)

_LOG = logging.getLogger(__name__)
CORPUS_FILE = "corpus.npz"
MODEL_FOLDER = "model"
"""Tokenizer of a run, and the weights it starts from when it fine-tunes."""
_MIN_PAIRS = 100
# A model trained on everyday sentences alone (nine of ten up to 48 characters) rendered those of
# prose, cut so, better than whole: chrF 25 against 20 (BENCHMARKS.md, "Whole sentences").
_SHARE_AS_SHORT = 0.9
# A vocabulary is as good from a sample, and its training takes time in proportion.
_VOCABULARY_PAIRS = 150_000


def prepare(
    run: Path,
    pairs: Iterable[SentencePair],
    plan: Plan,
    *,
    attribution: str,
    held_out: Iterable[SentencePair] = (),
    start: Path | None = None,
) -> SiftedPairs:
    """Make a run folder: vocabulary, encoded pairs, plan. The same input gives the same files.

    Args:
        run: A new folder.
        pairs: To train on.
        plan: How to train.
        attribution: What must be said of the data wherever the model goes.
        held_out: Pairs whose sources are kept out of training, whatever their translation.
        start: A Marian folder to fine-tune; None trains a new model.

    Raises:
        ExistingRunError: when the folder exists.
        InvalidStartModelError: when ``start`` cannot be started from.
        UnnamedLanguageError: when ``start`` cannot be told a pair's language.
        TooFewPairsError: when hardly any pairs are left.
    """
    if run.exists():
        raise ExistingRunError(str(run))
    sifted = sift(pairs, {folded(one.source) for one in held_out})
    for reason, count in sorted(sifted.left_out.items()):
        _LOG.info("%d pairs left out: %s", count, reason)
    if len(sifted.pairs) < _MIN_PAIRS:
        raise TooFewPairsError(len(sifted.pairs), _MIN_PAIRS)
    partial = run.with_name(f".{run.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    model = partial / MODEL_FOLDER
    model.mkdir(parents=True)
    if start is None:
        languages = {one.language for one in sifted.pairs}
        texts = _sample(sifted.pairs, plan.seed)
        train_vocabulary(texts, model, size=plan.shape.vocabulary, languages=languages)
        _write_limits(sifted.pairs, model)
    else:
        open_vocabulary(start)
        shutil.copytree(start, model, dirs_exist_ok=True)
    corpus = encoded(sifted.pairs, open_vocabulary(model))
    write_corpus(corpus, partial / CORPUS_FILE)
    write_plan(plan, partial)
    provenance = provenance_of(sifted, attribution, fine_tuned=start is not None)
    write_provenance(provenance, partial)
    partial.rename(run)
    _LOG.info("%d pairs, %d target pieces an epoch", len(corpus), corpus.targets.starts[-1])
    return sifted


def _write_limits(pairs: Sequence[SentencePair], model: Path) -> None:
    """What a model of these pairs alone is good for; who fine-tunes knows longer sentences, too."""
    lengths = sorted(len(one.source) for one in pairs)
    longest = lengths[int(_SHARE_AS_SHORT * (len(lengths) - 1))]
    (model / LIMITS_FILE).write_text(json.dumps({LONGEST_SENTENCE: longest}) + "\n", "utf-8")


def _sample(pairs: Sequence[SentencePair], seed: int) -> Iterator[str]:
    chosen = random.Random(seed).sample(pairs, min(len(pairs), _VOCABULARY_PAIRS))  # noqa: S311
    for one in chosen:
        yield one.source
        yield one.target
