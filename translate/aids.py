"""What helps an engine: the show's own words, and what was approved before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from subtitles.cues import CueTrack
from subtitles.findings import Finding
from subtitles.language import LanguageTag
from subtitles.style.profile import StyleProfile
from translate.glossary.agreed import AgreedTerm
from translate.memory.port import TranslationMemory
from translate.sentencing.engine_text import EngineText
from translate.translator import LanguagePair, Rendering, Sentence, Translator


class SentenceTerms(Protocol):
    """The show's words that stand in one sentence, and what else of it has to stay as it is."""

    @property
    def wanted(self) -> tuple[tuple[str, str], ...]:
        """Each as it stands in the sentence and as it should be rendered; never empty."""
        ...

    def enforced(self, rendering: Rendering) -> Rendering:
        """The rendering with the words as they should be, as far as that can be done."""
        ...

    def stood_in(self, sentence: Sentence, turn: int) -> Sentence:
        """The sentence with stand-ins for the words, which an engine keeps where it loses them.

        In each turn, from 0 on, there are others.
        """
        ...

    def put_back(self, rendering: Rendering, turn: int) -> Rendering:
        """A rendering of that as one of the sentence itself; its text is empty where that fails."""
        ...

    def parts_around(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """What is said around the words that have to stay, in parts, in order."""
        ...

    def put_around(self, said: Sequence[Rendering]) -> Rendering:
        """The words that have to stay, between renderings of these parts; may be without text."""
        ...

    def positioned(self, rendering: Rendering) -> Rendering:
        """A rendering with those words that it lacks, as far into it as they stand in the source.

        Whatever has words comes back with all that have to stay.
        """
        ...

    def lost(self, text: str) -> tuple[str, ...]:
        """The words that have to stay and are not in a rendering, each once."""
        ...

    def missed(self, text: str) -> int:
        """How many of the words a rendering does not have in any form."""
        ...


class ShowWords(Protocol):
    """A glossary as the road needs it."""

    def found_in(
        self, shown: Sequence[EngineText], pair: LanguagePair, translator: Translator
    ) -> Sequence[SentenceTerms | None]:
        """For each sentence its words, None where none of them stands in it.

        The engine may be asked how it says the words by themselves.
        """
        ...

    def agreed_in(self, text: str, pair: LanguagePair) -> tuple[AgreedTerm, ...]:
        """What was agreed for the words of a text, in the order in which they stand in it."""
        ...

    def findings(
        self, track: CueTrack, source: CueTrack, profile: StyleProfile
    ) -> tuple[Finding, ...]:
        """Words that the finished track misses, on its cues, as the profile has them count."""
        ...

    def digest_for(self, source: CueTrack, target: LanguageTag) -> str:
        """Digest of all that the words can change in a translation of the track; part of its key.

        Words that nobody says in it change nothing; empty when none of them is said.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Aids:
    """What a track is translated with, beside the engine.

    Attributes:
        glossary: The show's words; None for none.
        memory: Approved translations; None for none.
    """

    glossary: ShowWords | None = None
    memory: TranslationMemory | None = None


NO_AIDS = Aids()
"""The engine alone."""
