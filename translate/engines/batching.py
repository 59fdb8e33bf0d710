"""Several languages at one multilingual model: their sentences share its batches.

Each language is a thread of its own that asks in blocks and does other things between. Alone, each
would fill batches badly and wait for the others' turns. Here the first that comes takes along
whatever the others are waiting for, whatever their languages.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from subtitles.signature import EngineSignature
from translate.engines.mixing import Item, translate_items
from translate.translator import PLAIN, Ask, LanguagePair, Sentence, Translation, Translator

# One caller's share of a round: many batches' worth, and yet no other waits for a whole title.
_SENTENCES_A_ROUND = 512
# A caller of the last round comes back within this time, if at all: it keeps its answers and asks
# for the next block. A round of small models takes ten times as long.
_PATIENCE_S = 0.05


@dataclass(eq=False, slots=True)
class _Request:
    """What one caller wants, and what it has so far."""

    items: Sequence[Item]
    ask: Ask
    said: list[Translation] = field(default_factory=list)
    error: Exception | None = None

    @property
    def is_done(self) -> bool:
        return self.error is not None or len(self.said) >= len(self.items)

    def share(self) -> Sequence[Item]:
        """What it gets translated next."""
        return self.items[len(self.said) : len(self.said) + _SENTENCES_A_ROUND]


class SharedTranslator:
    """The Translator port on an engine that several threads ask at the same time.

    Answers are those that the engine gives when asked alone. Callers who ask alike (`Ask`) are
    served together, the longest waiting first, none with more than its share of a round. When a
    round fails, each caller's sentences are asked by themselves, so that an error meets only the
    caller whose sentences cause it.
    """

    def __init__(self, translator: Translator) -> None:
        self._translator = translator
        self._waiting: list[_Request] = []
        self._is_busy = False
        self._expected = 1
        self._changed = threading.Condition()

    @property
    def signature(self) -> EngineSignature:
        """Of the engine behind."""
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
        """One per sentence, in order; waits for its turn."""
        if not sentences or not self.supports(pair):
            return self._translator.translate(sentences, pair, ask)
        request = _Request([(sentence, pair) for sentence in sentences], ask)
        with self._changed:
            self._waiting.append(request)
            self._changed.notify_all()
        try:
            while self._takes_the_lead(request):
                self._lead()
        finally:
            with self._changed:
                if request in self._waiting:  # interrupted
                    self._waiting.remove(request)
        if request.error is not None:
            raise request.error
        return tuple(request.said)

    def _takes_the_lead(self, request: _Request) -> bool:
        """Waits; true when this caller is to run the next round, false when it is served."""
        with self._changed:
            self._changed.wait_for(lambda: request.is_done or not self._is_busy)
            if request.is_done:
                return False
            self._is_busy = True
            return True

    def _lead(self) -> None:
        """Runs one round for everybody who waits."""
        try:
            with self._changed:
                self._changed.wait_for(lambda: len(self._waiting) >= self._expected, _PATIENCE_S)
                served = [one for one in self._waiting if one.ask == self._waiting[0].ask]
            self._serve(served)
            with self._changed:
                self._expected = len(self._waiting)
                # Who wants more goes to the end of the queue: others may ask in another way.
                unfinished = [one for one in served if not one.is_done]
                others = [one for one in self._waiting if one not in served]
                self._waiting = others + unfinished
        finally:
            with self._changed:
                self._is_busy = False
                self._changed.notify_all()

    def _serve(self, requests: Sequence[_Request]) -> None:
        shares = [request.share() for request in requests]
        together = [item for share in shares for item in share]
        try:
            said = iter(translate_items(self._translator, together, requests[0].ask))
        except Exception:  # noqa: BLE001 -- raised again for the caller it belongs to
            self._serve_apart(requests)
            return
        for request, share in zip(requests, shares, strict=True):
            request.said += [next(said) for _ in share]

    def _serve_apart(self, requests: Sequence[_Request]) -> None:
        for request in requests:
            try:
                request.said += translate_items(self._translator, request.share(), request.ask)
            except Exception as error:  # noqa: BLE001 -- raised in the caller's own thread
                request.error = error
