"""BLEU, chrF and edits of words of aligned segments, made by sacreBLEU."""

from collections.abc import Sequence
from dataclasses import dataclass

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from subtitles.language import LanguageTag, base_language, is_unspaced

_CHINESE = frozenset({"zh", "yue", "wuu"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """One figure.

    Attributes:
        score: 0…100, higher is better.
        signature: How it was made, as sacreBLEU prints it: figures compare only under equal ones.
    """

    score: float
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """What stands beside each other.

    Attributes:
        shown: The translation; empty where it is missing.
        wanted: The reference; empty where there is nothing to render.
    """

    shown: str
    wanted: str


def bleu(segments: Sequence[Segment], language: LanguageTag) -> Likeness:
    """Corpus BLEU.

    Args:
        segments: At least one.
        language: Of both sides; decides how words are found.
    """
    metric = BLEU(tokenize=word_rule(language))
    found = metric.corpus_score(_shown(segments), [_wanted(segments)])
    return Likeness(score=round(found.score, 2), signature=str(metric.get_signature()))


def chrf(segments: Sequence[Segment]) -> Likeness:
    """Corpus chrF2 of characters, without word order.

    Args:
        segments: At least one.
    """
    metric = CHRF()
    found = metric.corpus_score(_shown(segments), [_wanted(segments)])
    return Likeness(score=round(found.score, 2), signature=str(metric.get_signature()))


@dataclass(frozen=True, slots=True, kw_only=True)
class WordEdits:
    """Edits that lead from translations to their references.

    Attributes:
        edits: Words put in, taken out or replaced, and stretches of words moved; each counts one.
        words: Of the references; punctuation marks count as words.
    """

    edits: int
    words: int


def word_edits(segments: Sequence[Segment], language: LanguageTag) -> WordEdits:
    """What the translation edit rate is made of; capitals count.

    Args:
        segments: Any number.
        language: Of both sides; where words are not spaced, every character counts as one.
    """
    metric = TER(normalized=True, case_sensitive=True)
    spaced = _by_characters if word_rule(language) in {"zh", "char"} else str
    edits = words = 0
    for one in segments:
        found = metric.sentence_score(spaced(one.shown), [spaced(one.wanted)])
        edits += round(found.num_edits)
        words += round(found.ref_length)
    return WordEdits(edits=edits, words=words)


def _by_characters(text: str) -> str:
    return " ".join("".join(text.split()))


def word_rule(language: LanguageTag) -> str:
    """The name of sacreBLEU's tokenizer for a language.

    Japanese and Korean go by characters, since their tokenizers need a dictionary that is
    installed by itself; the signature says so.
    """
    if base_language(language) in _CHINESE:
        return "zh"
    return "char" if is_unspaced(language) or base_language(language) == "ko" else "13a"


def _shown(segments: Sequence[Segment]) -> list[str]:
    return [one.shown for one in segments]


def _wanted(segments: Sequence[Segment]) -> list[str]:
    return [one.wanted for one in segments]
