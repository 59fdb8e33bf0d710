"""How good a translated sentence may be: one number from what can be seen without a reference.

The number is the chance that a linguist has hardly anything to do: that its chrF against a
linguist's translation is 60 or more, and that it has none of the faults that can be seen. The first
is a logistic function of a few signals; ``quality.toml`` holds the weights, what they were measured
on, and how well they tell. There are two sets: with the engine's score and other candidates, and
without, which knows little and says so by staying near the engine's average. Faults are too rare
in the output of a sound model to be weighed that way: each nat of their penalty divides the chance
by e, so that a lost name counts a tenth, a lost number two thirds, a loop nearly all of it.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from subtitles.language import is_unspaced
from translate.choosing.candidates import Answer, Candidate
from translate.choosing.faults import length_ratio
from translate.translator import LanguagePair

_WORD = re.compile(r"[^\W\d_]+")
_COMPARED = 3
_LOWEST_SCORE = -4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What is known of a sentence and its rendering.

    Attributes:
        score: Mean natural log probability per token; 0 where there is none.
        lead: How much better it is than the next candidate, in nats per token; 0 where alone.
        agreement: Share of words that the next candidates have in common with it, 0…1.
        length: Natural logarithm of the source's words (of its signs, in unspaced scripts).
        stretch: How far from usual its length is: natural logarithm of the ratio, without sign.
        copied: Share of its words that stand in the source too, 0…1: names, and what was left.
    """

    score: float
    lead: float
    agreement: float
    length: float
    stretch: float
    copied: float


def quality(source: str, chosen: Candidate, answer: Answer, pair: LanguagePair) -> float:
    """Chance that a linguist has little to do on this rendering, 0…1.

    Args:
        source: The sentence as the engine saw it.
        chosen: The rendering that is shown.
        answer: Everything the engine said to this sentence.
        pair: The languages.
    """
    signals = signals_of(source, chosen, answer, pair)
    is_scored = chosen.rendering.score is not None and len(answer.candidates) > 1
    weights = _weights("scored" if is_scored else "plain")
    total = weights["intercept"] + sum(
        weight * getattr(signals, name) for name, weight in weights.items() if name != "intercept"
    )
    return round(math.exp(-chosen.penalty) / (1 + math.exp(-total)), 3)


def signals_of(source: str, chosen: Candidate, answer: Answer, pair: LanguagePair) -> Signals:
    """The signals of one rendering of a sentence."""
    text, score = chosen.rendering.text, chosen.rendering.score
    others = [one for one in answer.candidates if one is not chosen][:_COMPARED]
    said, words = _words(source, pair), _words(text, pair)
    known = {word.casefold() for word in said}
    return Signals(
        score=max(_LOWEST_SCORE, score or 0.0),
        lead=_lead(score, others),
        agreement=_agreement(text, others),
        length=math.log(1 + len(said)),
        stretch=abs(math.log(max(length_ratio(source, text, pair), 0.01))),
        copied=sum(word.casefold() in known for word in words) / max(1, len(words)),
    )


def _words(text: str, pair: LanguagePair) -> list[str]:
    words: list[str] = _WORD.findall(text)
    return list("".join(words)) if is_unspaced(pair.source) else words


def _lead(score: float | None, others: list[Candidate]) -> float:
    scores = [one.rendering.score for one in others if one.rendering.score is not None]
    return score - max(scores) if score is not None and scores else 0.0


def _agreement(text: str, others: list[Candidate]) -> float:
    """Mean share of common words (characters, where there are no spaces), 1 for no others."""
    ours = set(_parts(text))
    shares = [
        2 * len(ours & theirs) / max(1, len(ours) + len(theirs))
        for theirs in (set(_parts(one.rendering.text)) for one in others)
    ]
    return sum(shares) / len(shares) if shares else 1.0


def _parts(text: str) -> list[str]:
    words: list[str] = _WORD.findall(text.casefold())
    return words if len(words) > 1 else list(text)


@cache
def _weights(kind: str) -> Mapping[str, float]:
    path = resources.files("translate.choosing") / "quality.toml"
    table: Mapping[str, float] = tomllib.loads(path.read_text("utf-8"))[kind]["weights"]
    return table
