"""Converted models run by CTranslate2; the only module that knows it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import ctranslate2

from translate.engines.decoding import Decoding, Search
from translate.engines.hypotheses import Hypothesis, ModelInput
from translate.errors import InvalidModelFolderError

ENGINE_VERSION = str(ctranslate2.__version__)
"""Of the library, for signatures."""

_END = "</s>"
_GPU = "cuda"

# Inputs of like length are decoded under one limit, so that the limit of a short one does not
# depend on a long one beside it.
_LENGTH_CLASSES = (16, 32, 64, 128, 256, 512)
# Hardly a language needs twice the tokens of another; what runs longer is a loop.
_MAX_RATIO = 2
_SPARE_TOKENS = 8
# In another batch sums differ in their last bits (2e-7 was measured): kept out of what is stored.
_SCORE_DIGITS = 5
# A smaller batch keeps a processor busier with looking up weights than with using them.
_MIN_BATCH_TOKENS = 512


class CTranslate2Runner:
    """One loaded model; safe to share between threads."""

    def __init__(self, folder: Path, decoding: Decoding) -> None:
        """Loads the model.

        Args:
            folder: As a CTranslate2 converter leaves it.
            decoding: Where and with how many threads to run.

        Raises:
            InvalidModelFolderError: for damaged files, or a number type the processor cannot do.
        """
        self._max_batch_tokens = decoding.max_batch_tokens
        # Batches side by side beat threads within a batch: matrices are small in translation.
        self._batches_at_once = 1 if _is_on_gpu(decoding.device) else max(1, decoding.threads)
        try:
            self._model: Any = ctranslate2.Translator(
                str(folder),
                device=decoding.device,
                compute_type=decoding.compute_type,
                inter_threads=self._batches_at_once,
                intra_threads=1,
            )
        except (RuntimeError, ValueError) as error:
            raise InvalidModelFolderError(str(folder), str(error)) from error

    def run(self, inputs: Sequence[ModelInput], search: Search) -> list[list[Hypothesis]]:
        """For each input its hypotheses, best first."""
        waiting: list[Any] = [None] * len(inputs)
        for longest, numbers in _by_length(inputs).items():
            started = self._started([inputs[number] for number in numbers], search, longest)
            for number, result in zip(numbers, started, strict=True):
                waiting[number] = result
        return [
            list(_hypotheses(one.result(), len(given.prefix), search))
            for one, given in zip(waiting, inputs, strict=True)
        ]

    def _started(self, inputs: Sequence[ModelInput], search: Search, longest: int) -> list[Any]:
        """The inputs handed to the engine, which sorts them by length and batches them."""
        tokens = sum(len(given.tokens) for given in inputs)
        share = max(_MIN_BATCH_TOKENS, -(-tokens // self._batches_at_once))
        prefixes = [given.prefix for given in inputs]
        started: list[Any] = self._model.translate_batch(
            [given.tokens for given in inputs],
            target_prefix=prefixes if any(prefixes) else None,
            max_batch_size=min(share, self._max_batch_tokens),
            batch_type="tokens",
            asynchronous=True,
            beam_size=search.beam_size,
            num_hypotheses=search.hypotheses,
            length_penalty=search.length_power,
            no_repeat_ngram_size=search.no_repeat_ngram_size,
            disable_unk=True,
            max_input_length=0,
            max_decoding_length=_MAX_RATIO * longest + _SPARE_TOKENS,
            return_scores=True,
            return_end_token=True,
            return_attention=search.wants_attention,
        )
        return started


def _by_length(inputs: Sequence[ModelInput]) -> Mapping[int, list[int]]:
    """The numbers of the inputs, by the longest length of their class."""
    classes: dict[int, list[int]] = {}
    for number, given in enumerate(inputs):
        size = len(given.tokens)
        longest = next((limit for limit in _LENGTH_CLASSES if size <= limit), size)
        classes.setdefault(longest, []).append(number)
    return classes


def _hypotheses(result: Any, prefix: int, search: Search) -> Iterator[Hypothesis]:  # noqa: ANN401
    attention = result.attention if search.wants_attention else [[]] * len(result.hypotheses)
    for tokens, score, rows in zip(result.hypotheses, result.scores, attention, strict=True):
        # The engine divides by a power of the length, in which it counts the prefix.
        log_prob = score * len(tokens) ** search.length_power
        scored = max(1, len(tokens) - prefix)
        end = len(tokens) - 1 if tokens[-1:] == [_END] else len(tokens)
        if rows and search.beam_size > 1:
            # In a batch the engine gives a sentence the first row of another: it spreads the first
            # step over the beams and then picks by sentence. No row is better than that one.
            rows[0] = [0.0] * len(rows[0])
        mean = min(round(log_prob / scored, _SCORE_DIGITS), 0.0)
        yield Hypothesis(tokens[prefix:end], mean, rows[prefix:end])


def _is_on_gpu(device: str) -> bool:
    return device == _GPU or (device == "auto" and ctranslate2.get_cuda_device_count() > 0)
