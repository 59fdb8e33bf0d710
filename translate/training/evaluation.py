"""How well a converted model translates a test set: chrF and BLEU, with their signatures."""

from collections.abc import Sequence
from dataclasses import dataclass

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from subtitles.language import LanguageTag
from subtitles.span import Span
from translate.training.pairs import SentencePair
from translate.translator import LanguagePair, Sentence, Translator


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Of one test set.

    Attributes:
        sentences: In the set.
        chrf: Character n-gram F-score, 0…100.
        bleu: BLEU, 0…100.
        signatures: What exactly was computed, as sacreBLEU states it.
    """

    sentences: int
    chrf: float
    bleu: float
    signatures: tuple[str, str]


def evaluate(translator: Translator, pairs: Sequence[SentencePair], source: LanguageTag) -> Scores:
    """Translate the sources of a test set, all into one language, and compare.

    Raises:
        UnsupportedPairError: when the translator does not serve the pair.
    """
    (target,) = {one.language for one in pairs}
    asked = [_sentence(number, one.source) for number, one in enumerate(pairs)]
    answers = translator.translate(asked, LanguagePair(source, target))
    texts, references = [one.text for one in answers], [[one.target for one in pairs]]
    chrf, bleu = CHRF(), BLEU()
    return Scores(
        sentences=len(pairs),
        chrf=float(chrf.corpus_score(texts, references).score),
        bleu=float(bleu.corpus_score(texts, references).score),
        signatures=(str(chrf.get_signature()), str(bleu.get_signature())),
    )


def _sentence(number: int, text: str) -> Sentence:
    """A sentence of a cue of its own; engines read nothing but the text."""
    span = Span(number * 1_000, number * 1_000 + 1_000)
    return Sentence(text=text, span=span, cue_ids=(str(number),), cue_lengths=(len(text),))
