"""How well a converted model translates a test set: chrF and BLEU, with their signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from subtitles.language import LanguageTag
from subtitles.span import Span
from translate.engines.ctranslate2_translator import CTranslate2Translator
from translate.scoring.likeness import Segment, bleu, chrf
from translate.training.pairs import SentencePair, read_pairs
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
    """Translate the sources of a test set, at least one and all into one language, and compare.

    Raises:
        UnsupportedPairError: when the translator does not serve the pair.
    """
    target = pairs[0].language
    asked = [_sentence(number, one.source) for number, one in enumerate(pairs)]
    answers = translator.translate(asked, LanguagePair(source, target))
    segments = [
        Segment(shown=answer.text, wanted=one.target)
        for answer, one in zip(answers, pairs, strict=True)
    ]
    by_characters, by_words = chrf(segments), bleu(segments, target)
    return Scores(
        sentences=len(pairs),
        chrf=by_characters.score,
        bleu=by_words.score,
        signatures=(f"chrF {by_characters.signature}", f"BLEU {by_words.signature}"),
    )


def evaluate_folder(
    folder: Path, sets: Sequence[tuple[LanguageTag, Path]], source: LanguageTag
) -> dict[str, Scores]:
    """Score a converted model on files of pairs.

    Args:
        folder: Made by `translate.training.exporting.convert`.
        sets: Target language and file of each test set.
        source: Language of the sources.

    Returns:
        Scores by ``pair, file name``.

    Raises:
        MalformedPairsError: for a file that is no test set.
        InvalidModelFolderError: for a folder that holds no model.
        UnsupportedPairError: when the model does not serve a pair.
    """
    translator = CTranslate2Translator(
        folder,
        model_name=folder.name,
        model_revision="",
        pairs={LanguagePair(source, target) for target, _ in sets},
    )
    return {
        f"{source}→{target}, {path.name}": evaluate(
            translator, tuple(read_pairs(path, target)), source
        )
        for target, path in sets
    }


def _sentence(number: int, text: str) -> Sentence:
    """A sentence of a cue of its own; engines read nothing but the text."""
    span = Span(number * 1_000, number * 1_000 + 1_000)
    return Sentence(text=text, span=span, cue_ids=(str(number),), cue_lengths=(len(text),))
