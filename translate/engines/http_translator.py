"""Any pair of languages through a chat model behind an OpenAI-compatible endpoint.

The text of the film goes to that endpoint. Sentences go in batches, numbered, each with what is
said around it and the show's words; one without a usable reply is asked again by itself, and one
that has none then stays without a translation, which the road treats as it does for every engine.

A chat model gives no scores and no alignments, and it sees the sentences of a batch beside each
other: at temperature 0 the same batch gets the same answer as far as the endpoint keeps to it,
which nobody can promise for a hosted model. Candidates are asked for within the reply, since
several replies (``n``) are all alike at temperature 0.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

from subtitles.signature import EngineSignature
from translate.engines.chat.client import ChatClient
from translate.engines.chat.endpoint import ChatEndpoint
from translate.engines.chat.prompt import PROMPT_VERSION, TEMPERATURE, instructions, request
from translate.engines.chat.replies import ReplyRules
from translate.sentencing.engine_text import has_letters
from translate.sentencing.parts import joined
from translate.sentencing.pieces import pieces_within
from translate.translator import (
    PLAIN,
    Ask,
    LanguagePair,
    Rendering,
    Sentence,
    Translation,
    UnsupportedPairError,
)

# A long list is where a model begins to skip; what is lost with one reply stays small, too.
_BATCH_SENTENCES = 16
_BATCH_CHARS = 4_000
_SENTENCE_CHARS = 1_500
# From the second further attempt on nothing stands beside a sentence that could mislead.
_ALONE_FROM_ATTEMPT = 2


@dataclass(frozen=True, slots=True)
class _Task:
    """A batch, and what is asked of it."""

    sentences: Sequence[Sentence]
    system: str


class HttpTranslator:
    """The Translator port on a chat endpoint; safe to share between threads."""

    def __init__(
        self, endpoint: ChatEndpoint, client: ChatClient, *, requests_at_once: int = 4
    ) -> None:
        """Asks nothing yet.

        Args:
            endpoint: Whom ``client`` asks, and how.
            client: Sends the requests.
            requests_at_once: Batches under way at the same time.
        """
        self._endpoint, self._client = endpoint, client
        self._requests_at_once = max(1, requests_at_once)

    @property
    def signature(self) -> EngineSignature:
        """See `chat_signature`."""
        return chat_signature(self._endpoint)

    @property
    def uses_context(self) -> bool:
        """The model is told what is said around a sentence, and the show's words."""
        return True

    def supports(self, pair: LanguagePair) -> bool:
        """Any pair; what the model makes of a rare one is for the checks of the road to say."""
        return pair.source != pair.target

    def translate(
        self, sentences: Sequence[Sentence], pair: LanguagePair, ask: Ask = PLAIN
    ) -> tuple[Translation, ...]:
        """One per sentence, in order; without text where no reply was usable.

        Raises:
            UnsupportedPairError: a language into itself.
            EndpointRefusedError, EndpointUnavailableError: as `ChatClient.said`.
        """
        if not self.supports(pair):
            raise UnsupportedPairError(pair.source, pair.target, ())
        wanted = max(1, min(ask.candidates, self._endpoint.max_renderings))
        system = instructions(pair, ask, wanted)
        cut = [_pieces(one) for one in sentences]
        asked = [piece for pieces in cut for piece in pieces if has_letters(piece.text)]
        size = 1 if ask.attempt >= _ALONE_FROM_ATTEMPT else _BATCH_SENTENCES
        tasks = [_Task(batch, system) for batch in _batches(asked, size)]
        said = (_translation(texts[:wanted]) for texts in self._all_said(tasks))
        return tuple(
            _rejoined(
                sentence,
                pieces,
                [next(said) if has_letters(one.text) else _as_it_is(one) for one in pieces],
                pair,
            )
            for sentence, pieces in zip(sentences, cut, strict=True)
        )

    def _all_said(self, tasks: Sequence[_Task]) -> list[tuple[str, ...]]:
        """The usable renderings of every sentence of every batch, in order."""
        pool = ThreadPoolExecutor(self._requests_at_once)
        try:
            return [texts for some in pool.map(self._said, tasks) for texts in some]
        finally:
            # After an error nothing more is sent: the others would fail as well.
            pool.shutdown(cancel_futures=True)

    def _said(self, task: _Task) -> list[tuple[str, ...]]:
        numbered = dict(enumerate(task.sentences, 1))
        found = self._usable(task.system, numbered)
        if len(numbered) > 1:
            for number in numbered.keys() - found.keys():
                found |= self._usable(task.system, {number: numbered[number]})
        else:
            found = found or self._usable(task.system, numbered)
        return [found.get(number, ()) for number in numbered]

    def _usable(self, system: str, numbered: Mapping[int, Sentence]) -> dict[int, tuple[str, ...]]:
        said = self._client.said(request(self._endpoint, system, numbered))
        asked = {number: sentence.text for number, sentence in numbered.items()}
        return ReplyRules(asked=asked, told=system).usable(said)


def chat_signature(endpoint: ChatEndpoint) -> EngineSignature:
    """The endpoint, its model, and what is told it; the key is no part of it.

    A model behind an endpoint has no digest: who serves it may replace it under its name.
    """
    return EngineSignature(
        engine="chat-endpoint",
        engine_version=f"prompt-{PROMPT_VERSION}",
        model=endpoint.model,
        options=(
            ("endpoint", endpoint.place),
            ("max_renderings", str(endpoint.max_renderings)),
            ("reply_format", endpoint.reply_format.value),
            ("temperature", str(TEMPERATURE)),
        ),
    )


def _pieces(sentence: Sentence) -> tuple[Sentence, ...]:
    """The sentence, or one too long for a request in parts that are not."""
    if len(sentence.text) <= _SENTENCE_CHARS:
        return (sentence,)
    cut = pieces_within(sentence.text, lambda text: len(text) <= _SENTENCE_CHARS)
    texts = [text.strip() for text in cut if text.strip()]
    return tuple(
        replace(sentence, text=text, cue_ids=sentence.cue_ids[:1], cue_lengths=(len(text),))
        for text in texts
    )


def _batches(sentences: Sequence[Sentence], size: int) -> Iterator[list[Sentence]]:
    """The sentences in a row, at most so many and not too much text at once."""
    waiting = iter(sentences)
    while some := list(islice(waiting, size)):
        batch: list[Sentence] = []
        for one in some:
            if batch and sum(len(other.text) for other in batch) + len(one.text) > _BATCH_CHARS:
                yield batch
                batch = []
            batch.append(one)
        yield batch


def _translation(texts: Sequence[str]) -> Translation:
    best, *others = texts or ("",)
    return Translation(text=best, candidates=tuple(Rendering(text=one) for one in others))


def _as_it_is(sentence: Sentence) -> Translation:
    return Translation(text=sentence.text)


def _rejoined(
    sentence: Sentence,
    pieces: Sequence[Sentence],
    said: Sequence[Translation],
    pair: LanguagePair,
) -> Translation:
    """One translation; of a sentence in several pieces the best of each, nothing if one is lost."""
    if not pieces:
        return Translation(text=sentence.text)
    if len(pieces) == 1:
        return said[0]
    return Translation(text=joined(sentence, pieces, said, pair).text)
