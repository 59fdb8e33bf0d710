"""The show's words in one sentence, on its way through an engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from translate.glossary.around import filled, gaps_between
from translate.glossary.enforcing import enforced
from translate.glossary.finding import FoundTerm
from translate.glossary.positions import positioned
from translate.glossary.stand_ins import Restated, put_back, restated
from translate.glossary.verifying import missed_terms, printed
from translate.glossary.words import text_of
from translate.translator import LanguagePair, Rendering, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceWords:
    """The terms of one sentence.

    Attributes:
        source: The sentence as the engine sees it.
        pair: The languages.
        found: The terms in it, in order.
        kept: Other stretches of it that stay as they are, in order, apart from the terms.
        own_words: What the engine says for terms by themselves, by what was said.
    """

    source: str
    pair: LanguagePair
    found: tuple[FoundTerm, ...]
    own_words: Mapping[str, tuple[str, ...]]
    kept: tuple[FoundTerm, ...] = ()

    @property
    def wanted(self) -> tuple[tuple[str, str], ...]:
        """Each as it stands in the sentence and as it should be rendered."""
        terms = dict.fromkeys(one.agreed for one in self._all)
        return tuple(
            (agreed.said, printed(agreed.forms[0], agreed.case, self.pair.target))
            for agreed in terms
        )

    def enforced(self, rendering: Rendering) -> Rendering:
        """The rendering with the terms in it, as far as their places can be told."""
        source = text_of(self.source, self.pair.source)
        return enforced(rendering, self.found, source, self.own_words, self.pair.target)

    def stood_in(self, sentence: Sentence, turn: int) -> Sentence:
        """The sentence with stand-ins for its terms, which engines keep; others in each turn."""
        return _asked_as(sentence, self._restated(turn).text)

    def put_back(self, rendering: Rendering, turn: int) -> Rendering:
        """A rendering of the sentence with stand-ins as one of the sentence itself.

        Its text is empty when the place of a stand-in cannot be told.
        """
        return put_back(rendering, self._restated(turn), self.own_words, self.pair.target)

    def parts_around(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """What stands around the words that stay, to be translated by itself."""
        gaps = gaps_between(self.source, self._fixed)
        return tuple(_asked_as(sentence, gap.core) for gap in gaps if gap.is_asked)

    def put_around(self, said: Sequence[Rendering]) -> Rendering:
        """The words that stay, with what the engine says for the parts around them."""
        gaps = gaps_between(self.source, self._fixed)
        return filled(gaps, self._fixed, said, self.pair)

    def positioned(self, rendering: Rendering) -> Rendering:
        """The rendering with the words that stay and are not in it, as far into it as in source."""
        return positioned(rendering, self._fixed, self.source, self.pair.target)

    def missed(self, text: str) -> int:
        """How many of the terms a rendering has in no allowed form."""
        agreed = (one.agreed for one in self.found)
        return len(missed_terms(agreed, text, self.pair.target))

    def lost(self, text: str) -> tuple[str, ...]:
        """The words that stay and are not in a rendering, each once."""
        agreed = (one.agreed for one in self._fixed)
        return tuple(one.said for one in missed_terms(agreed, text, self.pair.target))

    @property
    def _all(self) -> tuple[FoundTerm, ...]:
        return tuple(sorted((*self.found, *self.kept), key=lambda one: one.start))

    @property
    def _fixed(self) -> tuple[FoundTerm, ...]:
        return tuple(one for one in self._all if one.agreed.is_fixed)

    def _restated(self, turn: int) -> Restated:
        return restated(self.source, self._all, self.pair.target, turn)


def _asked_as(sentence: Sentence, text: str) -> Sentence:
    """Another text in a sentence's place, of which nothing is known."""
    return replace(sentence, text=text, cue_ids=(), cue_lengths=(len(text),), terms=())
