"""Real translations beside linguists' own, to weigh the signals of quality by."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
import sacrebleu
from translate_fakes import pair, sentence

from translate.choosing.asking import Interview
from translate.choosing.candidates import Question
from translate.choosing.quality import Signals, signals_of
from translate.sentencing.engine_text import has_letters
from translate.translator import LanguagePair, Translator

GOOD_CHRF = 60.0
"""From here on an editor changes a word or two; see `translate.choosing.quality`."""

NAMES = tuple(field.name for field in fields(Signals))
WITHOUT_SCORES = ("length", "stretch")
"""Copied words are mostly names; in everyday sample sentences those are oddly easy."""
_STRENGTH = 1.0
_STEPS = 30
_FOLDS = 5

Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sample:
    """One sentence: what could be seen of its translation, and whether it was good."""

    signals: Signals
    penalty: float
    is_good: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights and how well they tell good from bad on lines they have not seen.

    Attributes:
        weights: By signal, and the ``intercept``.
        auc: Chance that a good sentence gets a higher number than a bad one.
        good_percent: Of all sentences.
        good_percent_of_worst: Of the 15 % with the lowest numbers.
        reliability: For fifths of the sentences, lowest first: mean number, share that is good.
        samples: How many sentences.
    """

    weights: dict[str, float]
    auc: float
    good_percent: float
    good_percent_of_worst: float
    reliability: list[list[float]]
    samples: int


def lines_of(path: Path, *, flipped: bool = False) -> list[tuple[str, str]]:
    """Lines of a file of pairs, English first, or the other way round."""
    rows = [row.split("\t")[:2] for row in path.read_text("utf-8").splitlines()]
    return [(two, one) if flipped else (one, two) for one, two in rows]


def there_and_back(
    translator: Translator, texts: Sequence[str], tags: tuple[str, str]
) -> list[tuple[str, str]]:
    """Sentences made by the engine in one language, and the originals they should lead back to."""
    said = translator.translate([sentence(text) for text in texts], pair(*tags))
    return [
        (one.text, text)
        for one, text in zip(said, texts, strict=True)
        if one.text.strip() and has_letters(one.text)
    ]


def samples_of(translator: Translator, lines: Lines, wanted: LanguagePair) -> list[Sample]:
    """What the engine makes of the lines when it is asked as in production."""
    questions = {text: Question(sentence=sentence(text)) for text, _ in lines}
    answers = Interview(translator, wanted).answers(questions)
    found = []
    for text, reference in lines:
        answer = answers[text]
        if answer.candidates:
            best = answer.candidates[0]
            chrf = sacrebleu.sentence_chrf(best.rendering.text, [reference]).score
            signals = signals_of(text, best, answer, wanted)
            found.append(Sample(signals, best.penalty, chrf >= GOOD_CHRF))
    return found


def fitted(samples: Sequence[Sample], names: Iterable[str]) -> Fit:
    """A logistic regression by Newton's method, and its scores by cross-validation."""
    names = tuple(names)
    columns = [NAMES.index(name) for name in names]
    seen = np.array([astuple(one.signals) for one in samples])[:, columns]
    good = np.array([one.is_good for one in samples], float)
    guessed = np.empty_like(good)
    folds = np.arange(len(good)) % _FOLDS
    for fold in range(_FOLDS):
        inside = folds == fold
        guessed[inside] = _guess(seen[inside], _logistic(seen[~inside], good[~inside]))
    guessed *= np.exp([-one.penalty for one in samples])
    weights = _logistic(seen, good)
    order = np.argsort(guessed)
    return Fit(
        weights=dict(
            zip(("intercept", *names), (round(float(w), 4) for w in weights), strict=True)
        ),
        auc=_auc(guessed, good),
        good_percent=100 * float(good.mean()),
        good_percent_of_worst=100 * float(good[order[: len(order) * 15 // 100]].mean()),
        reliability=[
            [round(float(guessed[part].mean()), 2), round(float(good[part].mean()), 2)]
            for part in np.array_split(order, 5)
        ],
        samples=len(samples),
    )


def _logistic(seen: np.ndarray, good: np.ndarray) -> np.ndarray:
    """Intercept and weights, drawn a little towards nought on signals of equal spread."""
    mean, spread = seen.mean(0), seen.std(0) + 1e-9
    rows = np.column_stack([np.ones(len(seen)), (seen - mean) / spread])
    pull = _STRENGTH * np.eye(rows.shape[1])
    pull[0, 0] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (good - chance) - pull @ weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + pull
        weights += np.linalg.solve(bend, slope)
    own = weights[1:] / spread
    return np.array([weights[0] - float(own @ mean), *own])


def _guess(seen: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(weights[0] + seen @ weights[1:])))


def _auc(guessed: np.ndarray, good: np.ndarray) -> float:
    ranks = np.argsort(np.argsort(guessed)) + 1
    right = int(good.sum())
    wrong = len(good) - right
    return float((ranks[good == 1].sum() - right * (right + 1) / 2) / max(1, right * wrong))
