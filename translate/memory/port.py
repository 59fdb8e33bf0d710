"""The port of a translation memory: what approved work has to offer for a sentence."""

from dataclasses import dataclass
from typing import Protocol

from translate.translator import LanguagePair


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryHit:
    """One approved translation of this or a similar sentence.

    Attributes:
        text: The translation that was approved.
        source_text: What it was approved for.
        score: How alike the sources are, 0…1; 1 for the same words.
        is_exact: Whether it may stand as the translation without a person: the same sentence, said
            in the same context, or translated one way only wherever it was said.
        origin: Where it was approved, for people: a title or a file, never a person.
    """

    text: str
    source_text: str
    score: float
    is_exact: bool
    origin: str


class TranslationMemory(Protocol):
    """Sentences in, approved translations out."""

    def hits(self, text: str, before: str, after: str, pair: LanguagePair) -> tuple[MemoryHit, ...]:
        """What there is for a sentence said between two others, best first; often nothing."""
        ...
