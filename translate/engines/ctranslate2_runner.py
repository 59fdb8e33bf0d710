"""Converted models run by CTranslate2; the only module that knows it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ctranslate2

from translate.engines.decoding import Decoding, Search
from translate.engines.even_batches import Batching, even_batches
from translate.engines.hypotheses import Hypothesis, ModelInput, stored_score
from translate.engines.length_classes import by_length, longest_answer
from translate.errors import InvalidModelFolderError

ENGINE_VERSION = str(ctranslate2.__version__)
"""Of the library, for signatures."""

_END = "</s>"
_GPU = "cuda"

# What a processor does best with, measured at sentences of 9 and of 47 tokens: larger batches lose
# a tenth to padding and to caches, smaller ones look up weights more than they use them.
_CPU_BATCH_TOKENS = 512
_MIN_BATCH_TOKENS = 128


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
        on_gpu = _is_on_gpu(decoding.device)
        # Batches side by side beat threads within a batch: matrices are small in translation.
        at_once = 1 if on_gpu else max(1, decoding.threads)
        most = decoding.max_batch_tokens
        self._batching = Batching(
            most_tokens=most if on_gpu else min(most, _CPU_BATCH_TOKENS),
            least_tokens=_MIN_BATCH_TOKENS,
            at_once=at_once,
        )
        try:
            self._model: Any = ctranslate2.Translator(
                str(folder),
                device=decoding.device,
                compute_type=decoding.compute_type,
                inter_threads=at_once,
                intra_threads=1,
            )
        except (RuntimeError, ValueError) as error:
            raise InvalidModelFolderError(str(folder), str(error)) from error

    def run(self, inputs: Sequence[ModelInput], search: Search) -> list[list[Hypothesis]]:
        """For each input its hypotheses, best first."""
        waiting: list[Any] = [None] * len(inputs)
        for longest, numbers in by_length(inputs).items():
            sizes = {number: len(inputs[number].tokens) for number in numbers}
            for batch in even_batches(sizes, self._batching):
                started = self._started([inputs[number] for number in batch], search, longest)
                for number, result in zip(batch, started, strict=True):
                    waiting[number] = result
        return [
            list(_hypotheses(one.result(), len(given.prefix), search))
            for one, given in zip(waiting, inputs, strict=True)
        ]

    def _started(self, inputs: Sequence[ModelInput], search: Search, longest: int) -> list[Any]:
        """One batch handed to the engine; its answers come while others wait for their turn."""
        prefixes = [given.prefix for given in inputs]
        started: list[Any] = self._model.translate_batch(
            [given.tokens for given in inputs],
            target_prefix=prefixes if any(prefixes) else None,
            max_batch_size=0,
            asynchronous=True,
            beam_size=search.beam_size,
            num_hypotheses=search.hypotheses,
            length_penalty=search.length_power,
            no_repeat_ngram_size=search.no_repeat_ngram_size,
            disable_unk=True,
            max_input_length=0,
            max_decoding_length=longest_answer(longest),
            return_scores=True,
            return_end_token=True,
            return_attention=search.wants_attention,
        )
        return started


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
        yield Hypothesis(tokens[prefix:end], stored_score(log_prob / scored), rows[prefix:end])


def _is_on_gpu(device: str) -> bool:
    return device == _GPU or (device == "auto" and ctranslate2.get_cuda_device_count() > 0)
