"""An engine that is never asked the same twice, not even by a process that was killed."""

from collections.abc import Callable, Iterator, Sequence

from subtitles.signature import EngineSignature
from translate.engines.answer_store import AnswerStore, answer_key
from translate.engines.mixing import translate_items
from translate.translator import PLAIN, Ask, LanguagePair, Sentence, Translation, Translator

BLOCK_SENTENCES = 128
"""Sentences asked at once, and so what a killed process loses at most: some seconds of a small
model's work. Two threads translate blocks of this size as fast as all at once; blocks of half the
size, which leave one of them waiting at every end, cost a fifth more time (measured)."""


def _nobody(_: Sequence[Sentence]) -> None:
    """Nobody listens."""


class RememberingTranslator:
    """The Translator port on another translator and what that answered before.

    What is not in the store is asked block by block, each block kept before the next is asked.
    Sentences of the same length share a block, which is what engines pad least; an answer does not
    depend on its neighbours, so this changes nothing. An empty answer is not kept, since an engine
    may do better another time.
    """

    def __init__(
        self,
        translator: Translator,
        store: AnswerStore,
        *,
        asked: Callable[[Sequence[Sentence]], None] = _nobody,
    ) -> None:
        """Takes the engine and the store of its answers.

        Args:
            translator: Who answers what was never answered.
            store: What was.
            asked: Told of every block, once it is answered and kept.
        """
        self._translator, self._store, self._told = translator, store, asked

    @property
    def signature(self) -> EngineSignature:
        """Of the engine behind: a remembered answer is its own."""
        return self._translator.signature

    @property
    def uses_context(self) -> bool:
        """As the engine behind."""
        return self._translator.uses_context

    def supports(self, pair: LanguagePair) -> bool:
        """As the engine behind."""
        return self._translator.supports(pair)

    def translate(
        self, sentences: Sequence[Sentence], pair: LanguagePair, ask: Ask = PLAIN
    ) -> tuple[Translation, ...]:
        """One per sentence, in order; the engine is asked once for those that are alike."""
        if not sentences or not self.supports(pair):
            return self._translator.translate(sentences, pair, ask)
        signature, in_context = self.signature, self.uses_context
        keys = [
            answer_key(signature, pair, ask, sentence, in_context=in_context)
            for sentence in sentences
        ]
        distinct: dict[str, Sentence] = {}
        for key, sentence in zip(keys, sentences, strict=True):
            distinct.setdefault(key, sentence)
        answers = dict(self._store.read(tuple(distinct)))
        unknown = {key: distinct[key] for key in distinct if key not in answers}
        for block in _blocks(unknown):
            wanted = [unknown[key] for key in block]
            given = translate_items(self._translator, [(one, pair) for one in wanted], ask)
            said = dict(zip(block, given, strict=True))
            self._store.write({key: one for key, one in said.items() if one.text.strip()})
            self._told(wanted)
            answers |= said
        return tuple(answers[key] for key in keys)


def _blocks(unknown: dict[str, Sentence]) -> Iterator[list[str]]:
    """The keys in blocks, the longest sentences first: lack of memory shows at once, not late."""
    order = sorted(unknown, key=lambda key: (-len(unknown[key].text), unknown[key].text, key))
    for start in range(0, len(order), BLOCK_SENTENCES):
        yield order[start : start + BLOCK_SENTENCES]
