"""Decoding a batch of windows with a loaded Whisper model.

Beam search without sampling: equal input gives equal output, on any number of threads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asr.recognizer import SAMPLE_RATE_HZ
from asr.sound.chunking import SAMPLES_PER_MS
from asr.whisper.encoding import encode_all
from asr.whisper.foreign import decoded_in
from asr.whisper.languages import tag_of
from asr.whisper.passage import Passage, probability_of, words_of
from subtitles.span import MS_PER_SECOND

# Whisper's features: one column per 10 ms.
_FEATURES_PER_SECOND = 100
# No language takes more tokens: the fastest speech has 28 letters a second, and scripts that the
# tokenizer knows badly take a token or so per letter. It only keeps loops short.
_TOKENS_PER_SECOND = 30
_LEAST_TOKENS = 60
# How a looping window is decoded again: no sampling, since that gives other words each time.
_AGAINST_LOOPS = {"no_repeat_ngram_size": 4, "repetition_penalty": 1.1}
# Signs that belong to the word after them, and to the word before them.
_OPENING = "\"'“¿([{-"
_CLOSING = "\"'.。,，!！?？:：”)]}、"


class Task(StrEnum):
    """What Whisper makes of speech."""

    TRANSCRIBE = "transcribe"
    TRANSLATE = "translate"
    """Into English, without word times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How windows are decoded.

    Attributes:
        task: What is made of them.
        whole_input: Padded to the 30 s that Whisper was trained on, instead of a little silence.
        against_loops: No four tokens come twice, and what was said becomes less probable.
    """

    task: Task = Task.TRANSCRIBE
    whole_input: bool = False
    against_loops: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WindowSound:
    """One window to decode.

    Attributes:
        samples: Mono, 16 kHz; not more than 30 s are heard.
        code: Whisper's code of the language.
        may_be_foreign: Whether another language is decoded in its own, when it is certain.
    """

    samples: NDArray[np.float32]
    code: str
    may_be_foreign: bool = False


class BatchDecoder:
    """Decodes with one loaded model; not to be used by two threads at once.

    Args:
        model: A ``faster_whisper.WhisperModel``.
        beam_size: Hypotheses followed at once.
        hotwords: Names and terms to expect; may be empty.
    """

    def __init__(self, model: Any, *, beam_size: int, hotwords: str) -> None:  # noqa: ANN401
        self._model = model
        self._beam_size = beam_size
        self._hotwords = hotwords
        self._tokenizers: dict[tuple[str, Task], Any] = {}

    def decode(
        self, windows: Sequence[WindowSound], manner: Manner, *, input_ms: int
    ) -> list[Passage]:
        """What is heard in each window, in their order.

        Args:
            windows: A batch.
            manner: How.
            input_ms: How long the input is for each; longer than each window.
        """
        encoded = encode_all(
            self._model, [self._features(one.samples, input_ms) for one in windows]
        )
        codes = self._codes(windows, encoded)
        results = self._generated(encoded, codes, manner, input_ms)
        end = self._tokenizer(codes[0], manner.task).eot
        tokens = [[t for t in result.sequences_ids[0] if t < end] for result in results]
        words = (
            self._words(encoded, codes, tokens, windows)
            if manner.task is Task.TRANSCRIBE
            else [()] * len(windows)
        )
        return [
            Passage(
                language=tag_of(code),
                words=words[index],
                text=self._tokenizer(code, manner.task).decode(tokens[index]).strip(),
                mean_log_probability=_mean_log_probability(results[index]),
                no_speech_probability=probability_of(results[index].no_speech_prob),
            )
            for index, code in enumerate(codes)
        ]

    def languages(self, samples: NDArray[np.float32], *, input_ms: int) -> dict[str, float]:
        """How probable each of Whisper's language codes is for what is heard."""
        encoded = encode_all(self._model, [self._features(samples, input_ms)])
        (ranked,) = self._model.model.detect_language(encoded)
        return {token[2:-2]: float(probability) for token, probability in ranked}

    def _features(self, samples: NDArray[np.float32], input_ms: int) -> NDArray[np.float32]:
        padded = np.zeros(input_ms * SAMPLES_PER_MS, dtype=np.float32)
        heard = samples[: len(padded)]
        padded[: len(heard)] = heard
        columns = input_ms * _FEATURES_PER_SECOND // MS_PER_SECOND
        features: NDArray[np.float32] = self._model.feature_extractor(padded)[:, :columns]
        return features

    def _codes(self, windows: Sequence[WindowSound], encoded: Any) -> list[str]:  # noqa: ANN401
        if not any(one.may_be_foreign for one in windows):
            return [one.code for one in windows]
        judged = self._model.model.detect_language(encoded)
        return [
            decoded_in(one.code, {token[2:-2]: p for token, p in ranked})
            if one.may_be_foreign
            else one.code
            for one, ranked in zip(windows, judged, strict=True)
        ]

    def _generated(
        self,
        encoded: Any,  # noqa: ANN401
        codes: Sequence[str],
        manner: Manner,
        input_ms: int,
    ) -> list[Any]:
        from faster_whisper.transcribe import get_suppressed_tokens  # noqa: PLC0415

        prompts = [
            self._model.get_prompt(
                self._tokenizer(code, manner.task),
                [],
                without_timestamps=True,
                hotwords=self._hotwords or None,
            )
            for code in codes
        ]
        room = _LEAST_TOKENS + _TOKENS_PER_SECOND * input_ms // MS_PER_SECOND
        generated: list[Any] = self._model.model.generate(
            encoded,
            prompts,
            beam_size=self._beam_size,
            max_length=min(self._model.max_length, len(prompts[0]) + room),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=get_suppressed_tokens(self._tokenizer(codes[0], manner.task), [-1]),
            **(_AGAINST_LOOPS if manner.against_loops else {}),
        )
        return generated

    def _words(
        self,
        encoded: Any,  # noqa: ANN401
        codes: Sequence[str],
        tokens: list[list[int]],
        windows: Sequence[WindowSound],
    ) -> list[tuple[Any, ...]]:
        """Aligned once per language: hardly ever is there more than one in a batch."""
        from faster_whisper.transcribe import merge_punctuations  # noqa: PLC0415

        columns = [_columns(len(one.samples)) for one in windows]
        of_code: Mapping[str, list[Any]] = {
            code: self._model.find_alignment(
                self._tokenizer(code, Task.TRANSCRIBE), tokens, encoded, columns
            )
            for code in sorted(set(codes))
        }
        words = []
        for index, code in enumerate(codes):
            alignment = of_code[code][index]
            merge_punctuations(alignment, _OPENING, _CLOSING)
            words.append(words_of(alignment))
        return words

    def _tokenizer(self, code: str, task: Task) -> Any:  # noqa: ANN401
        from faster_whisper.tokenizer import Tokenizer  # noqa: PLC0415

        if (code, task) not in self._tokenizers:
            self._tokenizers[code, task] = Tokenizer(
                self._model.hf_tokenizer,
                self._model.model.is_multilingual,
                task=task.value,
                language=code,
            )
        return self._tokenizers[code, task]


def _mean_log_probability(result: Any) -> float:  # noqa: ANN401
    """Per token, the one that ends the text included; the score is per token of the text."""
    count = len(result.sequences_ids[0])
    return float(result.scores[0]) * count / (count + 1) if count else 0.0


def _columns(samples: int) -> int:
    """As many as the model can align words to: two make one step of its clock."""
    return max(2, samples * _FEATURES_PER_SECOND // SAMPLE_RATE_HZ)
