"""Word error rate: how many words are wrong, missing or too many (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from asr.scoring.alignment import align
from asr.scoring.readings import Reading, tokens
from subtitles.language import LanguageTag, is_unspaced


class ErrorUnit(StrEnum):
    """What errors are counted in."""

    WORD = "word"
    CHARACTER = "character"
    """Of languages that write no spaces between words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordErrors:
    """Errors of one text, or of several together.

    Attributes:
        substitutions: Another word was heard.
        deletions: A word was not heard.
        insertions: A word was heard that nobody said.
        words: Of the reference.
        unit: What all of these count.
    """

    substitutions: int
    deletions: int
    insertions: int
    words: int
    unit: ErrorUnit = ErrorUnit.WORD

    @property
    def errors(self) -> int:
        """All of them."""
        return self.substitutions + self.deletions + self.insertions

    @property
    def rate(self) -> float | None:
        """Errors per word of the reference, may exceed 1; None when nothing was said."""
        return self.errors / self.words if self.words else None


def word_errors(
    reference: str, heard: str, *, language: LanguageTag, reading: Reading = Reading.PLAIN
) -> WordErrors:
    """Compare what was heard with what was said.

    Args:
        reference: What was said, all of it.
        heard: What was recognised, all of it.
        language: Of both; decides the unit and the normaliser.
        reading: What counts as a difference.
    """
    said = tokens(reference, reading=reading, language=language)
    alignment = align(said, tokens(heard, reading=reading, language=language))
    return WordErrors(
        substitutions=alignment.substitutions,
        deletions=alignment.deletions,
        insertions=alignment.insertions,
        words=len(said),
        unit=ErrorUnit.CHARACTER if is_unspaced(language) else ErrorUnit.WORD,
    )


def together(parts: Iterable[WordErrors]) -> WordErrors:
    """The errors of several texts as one: long texts weigh more.

    Raises:
        ValueError: when some count words and others characters, or there are none.
    """
    counted = list(parts)
    units = {part.unit for part in counted}
    if len(units) != 1:
        message = "error rates of words and of characters do not add up; nor do none"
        raise ValueError(message)
    return WordErrors(
        substitutions=sum(part.substitutions for part in counted),
        deletions=sum(part.deletions for part in counted),
        insertions=sum(part.insertions for part in counted),
        words=sum(part.words for part in counted),
        unit=units.pop(),
    )
