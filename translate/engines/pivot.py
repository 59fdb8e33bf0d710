"""From one language into another through a third, where no model goes straight there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from subtitles.language import LanguageTag
from subtitles.signature import EngineSignature
from translate.sentencing.engine_text import has_letters
from translate.sentencing.parts import joined
from translate.sentencing.sentence_ends import sentence_ends
from translate.translator import (
    PLAIN,
    Ask,
    LanguagePair,
    Link,
    Sentence,
    Translation,
    Translator,
    UnsupportedPairError,
)

PIVOT_RULES_VERSION = "1"
"""Of what happens between the two engines; raised when output changes."""


class PivotTranslator:
    """The Translator port on two others, the second translating what the first said.

    Candidates and scores are the second's: of several sentences that the first made of one, the
    best of each. Alignments are composed, a word of the target linked with what the words that it
    comes from come from. A further attempt is one of both.
    """

    def __init__(self, first: Translator, second: Translator, via: LanguageTag) -> None:
        """Puts two engines in a row.

        Args:
            first: Into the language between.
            second: Out of it.
            via: The language between.
        """
        self._first, self._second, self._via = first, second, via

    @property
    def signature(self) -> EngineSignature:
        """See `pivot_signature`."""
        return pivot_signature(self._first.signature, self._second.signature, self._via)

    @property
    def uses_context(self) -> bool:
        """As the first engine; the second is shown nothing but the sentence."""
        return self._first.uses_context

    def supports(self, pair: LanguagePair) -> bool:
        """Whether the first serves the way to the language between, the second the way on."""
        if pair.source == pair.target:
            return False
        into, out_of = self._legs(pair)
        return self._first.supports(into) and self._second.supports(out_of)

    def translate(
        self, sentences: Sequence[Sentence], pair: LanguagePair, ask: Ask = PLAIN
    ) -> tuple[Translation, ...]:
        """One per sentence, in order."""
        if not self.supports(pair):
            raise UnsupportedPairError(pair.source, pair.target, ())
        into, out_of = self._legs(pair)
        # Agreed words are the target's, not those of the language between.
        plain = [replace(sentence, terms=()) for sentence in sentences]
        once = Ask(attempt=ask.attempt, wants_alignment=ask.wants_alignment)
        between = self._first.translate(plain, into, once)
        parts = [
            _between(sentence, one.text, self._via)
            for sentence, one in zip(sentences, between, strict=True)
        ]
        said = iter(self._second.translate([one for some in parts for one in some], out_of, ask))
        return tuple(
            _composed(middle, self._rejoined(middle, some, list(islice(said, len(some))), out_of))
            for middle, some in zip(between, parts, strict=True)
        )

    def _legs(self, pair: LanguagePair) -> tuple[LanguagePair, LanguagePair]:
        return LanguagePair(pair.source, self._via), LanguagePair(self._via, pair.target)

    def _rejoined(
        self,
        middle: Translation,
        parts: Sequence[Sentence],
        said: Sequence[Translation],
        out_of: LanguagePair,
    ) -> Translation:
        """What the second engine made of what the first said, its parts put together."""
        if not parts:
            return Translation(text=middle.text)
        if len(parts) == 1:
            return said[0]
        whole = replace(parts[0], text=middle.text, cue_lengths=(len(middle.text),))
        one = joined(whole, parts, said, out_of)
        return Translation(text=one.text, score=one.score, alignment=one.alignment)


def pivot_signature(
    first: EngineSignature, second: EngineSignature, via: LanguageTag
) -> EngineSignature:
    """Both engines in full, one behind the other."""
    return EngineSignature(
        engine="pivot",
        engine_version=PIVOT_RULES_VERSION,
        model=f"{first.model}+{second.model}",
        model_revision=f"{first.model_revision}+{second.model_revision}",
        options=(("first", str(first)), ("second", str(second)), ("via", via)),
    )


def _between(sentence: Sentence, text: str, via: LanguageTag) -> tuple[Sentence, ...]:
    """What the first engine said, sentence by sentence: engines lose the second of two.

    Nothing for a blank text; all as one for a text of which some sentence has no words.
    """
    if not text.strip():
        return ()
    ends = sorted(set(sentence_ends(text, via, frozenset())) - {0, len(text)})
    parts = [text[start:end].strip() for start, end in pairwise((0, *ends, len(text)))]
    whole = parts if all(map(has_letters, parts)) else [text]
    return tuple(
        replace(
            sentence,
            text=part,
            cue_ids=sentence.cue_ids[:1],
            cue_lengths=(len(part),),
            before="",
            after="",
            terms=(),
        )
        for part in whole
    )


def _composed(middle: Translation, said: Translation) -> Translation:
    """The second engine's translation, its alignments carried through to the source."""
    return replace(
        said,
        alignment=tuple(_carried(said.alignment, middle.alignment)),
        candidates=tuple(
            replace(other, alignment=tuple(_carried(other.alignment, middle.alignment)))
            for other in said.candidates
        ),
    )


def _carried(links: Sequence[Link], into: Sequence[Link]) -> Iterator[Link]:
    """The links with their sources replaced by what those come from, where that is known.

    Args:
        links: From the language between to the target.
        into: From the source to the language between.
    """
    for link in links:
        start, end = link.source
        met = [one for one in into if one.target[0] < end and start < one.target[1]]
        if met:
            source = (min(one.source[0] for one in met), max(one.source[1] for one in met))
            weight = link.weight * sum(one.weight for one in met) / len(met)
            yield replace(link, source=source, weight=weight)
