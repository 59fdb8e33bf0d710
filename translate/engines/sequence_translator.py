"""The Translator port on a sequence model, whatever software runs it.

Sentences become token sequences with the language tokens of the model's family, hypotheses become
renderings with scores and alignments. Sentences of several pairs travel in one batch where the
model serves them all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice

from subtitles.language import is_unspaced
from subtitles.signature import EngineSignature
from translate.engines.codec import ModelCodec
from translate.engines.decoding import Decoding, goes_by_clauses, search_for
from translate.engines.hypotheses import Hypothesis, Runner
from translate.engines.language_codes import ModelFamily
from translate.engines.mixing import Item
from translate.engines.model_folder import ModelFolder
from translate.engines.subword_tokenizers import Tokenizer
from translate.sentencing.engine_text import has_letters
from translate.sentencing.parts import joined, parts_of
from translate.sentencing.pieces import pieces_within
from translate.translator import (
    PLAIN,
    Ask,
    LanguagePair,
    Link,
    Rendering,
    Sentence,
    Translation,
    UnsupportedPairError,
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What the model gets at once: a sentence, or a part of one that is too long.

    Attributes:
        text: Without space around.
        start: Where it begins in the sentence.
        tokens: None for a text without a letter, which is not translated.
    """

    text: str
    start: int
    tokens: list[str] | None


class SequenceTranslator:
    """A model with beam search behind the Translator port; as safe to share as its runner."""

    def __init__(
        self,
        folder: ModelFolder,
        tokenizer: Tokenizer,
        runner: Runner,
        *,
        signature: EngineSignature,
        decoding: Decoding,
    ) -> None:
        """Puts the parts together.

        Args:
            folder: What the model is and serves.
            tokenizer: The model's own.
            runner: Runs the model.
            signature: Of engine, model and ``decoding``.
            decoding: How to search.
        """
        self._folder, self._runner = folder, runner
        self._codec = ModelCodec(folder, tokenizer)
        self._signature, self._decoding = signature, decoding

    @property
    def signature(self) -> EngineSignature:
        """Engine, model and every decoding option that changes the output."""
        return self._signature

    @property
    def family(self) -> ModelFamily:
        """What kind of model was found."""
        return self._folder.family

    @property
    def uses_context(self) -> bool:
        """Each sentence stands for itself."""
        return False

    def supports(self, pair: LanguagePair) -> bool:
        """As `ModelFolder.supports` states."""
        return self._folder.supports(pair)

    def translate(
        self, sentences: Sequence[Sentence], pair: LanguagePair, ask: Ask = PLAIN
    ) -> tuple[Translation, ...]:
        """One per sentence, in order; text without a letter comes back as it is."""
        self._require(pair)
        return self.translate_mixed([(sentence, pair) for sentence in sentences], ask)

    def translate_mixed(self, items: Sequence[Item], ask: Ask = PLAIN) -> tuple[Translation, ...]:
        """As `translate`, for sentences of any pairs in common batches.

        Raises:
            UnsupportedPairError: one of the pairs is not served; nothing is translated then.
        """
        for pair in {pair for _, pair in items}:
            self._require(pair)
        if goes_by_clauses(ask):
            return self._by_clauses(items, replace(ask, attempt=1))
        cut = self._cut([sentence for sentence, _ in items])
        inputs = [
            self._codec.model_input(piece.tokens, pair)
            for pieces, (_, pair) in zip(cut, items, strict=True)
            for piece in pieces
            if piece.tokens is not None
        ]
        answers = iter(self._runner.run(inputs, search_for(self._decoding, ask)) if inputs else ())
        return tuple(
            self._joined(
                pieces,
                [next(answers) if one.tokens is not None else [] for one in pieces],
                pair,
                ask,
            )
            for pieces, (_, pair) in zip(cut, items, strict=True)
        )

    def _require(self, pair: LanguagePair) -> None:
        if not self.supports(pair):
            listed = tuple(sorted(map(str, self._folder.pairs)))
            raise UnsupportedPairError(pair.source, pair.target, listed)

    def _by_clauses(self, items: Sequence[Item], ask: Ask) -> tuple[Translation, ...]:
        parts = [parts_of(sentence) for sentence, _ in items]
        flat = [(part, pair) for some, (_, pair) in zip(parts, items, strict=True) for part in some]
        said = iter(self.translate_mixed(flat, ask))
        found: list[Translation] = []
        for some, (sentence, pair) in zip(parts, items, strict=True):
            answers = list(islice(said, len(some)))
            if len(some) > 1:
                whole = joined(sentence, some, answers, pair)
                answers = [
                    Translation(text=whole.text, score=whole.score, alignment=whole.alignment)
                ]
            found += answers
        return tuple(found)

    def _cut(self, sentences: Sequence[Sentence]) -> list[list[_Piece]]:
        """Each text as one piece, or as several where the model could not take it whole."""
        tokens = self._codec.tokens([sentence.text for sentence in sentences])
        return [
            [_Piece(sentence.text, 0, known if has_letters(sentence.text) else None)]
            if self._takes(sentence.text, known)
            else list(self._pieces(sentence))
            for sentence, known in zip(sentences, tokens, strict=True)
        ]

    def _takes(self, text: str, tokens: Sequence[str]) -> bool:
        """Whether the model renders a text well as one piece."""
        longest = self._folder.longest_sentence_chars
        is_short = longest is None or len(text.strip()) <= longest
        return is_short and len(tokens) <= self._decoding.max_input_tokens

    def _pieces(self, sentence: Sentence) -> Iterator[_Piece]:
        """Cut where cues end rather than elsewhere, since people read them one by one."""
        text, start = sentence.text, 0
        ends = frozenset(accumulate(sentence.cue_lengths))
        for part in pieces_within(text, self._fits, preferred=ends):
            inner = part.strip()
            if inner:
                tokens = self._tokens(inner) if has_letters(inner) else None
                yield _Piece(inner, start + part.index(inner), tokens)
            start += len(part)

    def _tokens(self, text: str) -> list[str]:
        return self._codec.tokens([text])[0]

    def _fits(self, text: str) -> bool:
        return self._takes(text, self._tokens(text))

    def _joined(
        self,
        pieces: Sequence[_Piece],
        answers: Sequence[Sequence[Hypothesis]],
        pair: LanguagePair,
        ask: Ask,
    ) -> Translation:
        """What became of a sentence.

        The renderings of one in several pieces are the best of each piece in a row, the second of
        each, and so on, their scores the pieces' mean by tokens: all of them multiplied out would
        be more than anybody wants.
        """

        def rendered(piece: _Piece, answer: Hypothesis) -> Rendering:
            return self._codec.rendering(
                piece.text, answer, pair, wants_alignment=ask.wants_alignment
            )

        if len(pieces) == 1 and answers[0]:
            all_said = (rendered(pieces[0], answer) for answer in answers[0])
            return _best_first(all_said, max(1, ask.candidates))
        joiner = "" if is_unspaced(pair.target) else " "
        wanted = min(max(1, ask.candidates), max(map(len, answers), default=1) or 1)
        rows = []
        for place in range(wanted):
            chosen = [some[min(place, len(some) - 1)] if some else None for some in answers]
            said = [
                rendered(piece, one) if one else Rendering(text=piece.text)
                for piece, one in zip(pieces, chosen, strict=True)
            ]
            sizes = [len(one.tokens) + 1 if one else 0 for one in chosen]
            rows.append(_in_a_row(pieces, said, sizes, joiner))
        return _best_first(rows, wanted)


def _best_first(renderings: Iterable[Rendering], wanted: int) -> Translation:
    """The first is the best; others that say the same, or nothing, are left out."""
    found: dict[str, Rendering] = {}
    for rendering in renderings:
        found.setdefault(rendering.text, rendering)
    empty = found.pop("", None)
    best, *others = list(found.values())[:wanted] or [empty or Rendering(text="")]
    return Translation(
        text=best.text, score=best.score, alignment=best.alignment, candidates=tuple(others)
    )


def _in_a_row(
    pieces: Sequence[_Piece], said: Sequence[Rendering], sizes: Sequence[int], joiner: str
) -> Rendering:
    """The renderings of a sentence's pieces as one; ``sizes`` are the weights of their scores."""
    text = ""
    alignment: list[Link] = []
    for piece, one in zip(pieces, said, strict=True):
        text += joiner if text and one.text else ""
        alignment += _shifted(one.alignment, piece.start, len(text))
        text += one.text
    total = sum(sizes)
    score = sum(size * (one.score or 0.0) for size, one in zip(sizes, said, strict=True))
    return Rendering(text=text, score=score / total if total else None, alignment=tuple(alignment))


def _shifted(links: Iterable[Link], source: int, target: int) -> Iterator[Link]:
    """The links of a piece, as links of the sentence that it is a part of."""
    for link in links:
        yield replace(
            link,
            source=(link.source[0] + source, link.source[1] + source),
            target=(link.target[0] + target, link.target[1] + target),
        )
