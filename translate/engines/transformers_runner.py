"""Checkpoints run by transformers on PyTorch; the only module of the engines that knows torch."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import torch
import transformers
from transformers import AutoModelForSeq2SeqLM, GenerationConfig
from transformers.modeling_outputs import BaseModelOutput

from translate.engines.checkpoint import Checkpoint
from translate.engines.decoding import Decoding, Search
from translate.engines.even_batches import Batching, even_batches
from translate.engines.hypotheses import Hypothesis, ModelInput, stored_score
from translate.engines.language_codes import ModelFamily
from translate.engines.length_classes import by_length, longest_answer
from translate.errors import InvalidCheckpointError

ENGINE_VERSION = f"{transformers.__version__}+torch-{torch.__version__}"
"""Of both libraries, for signatures."""

_END, _UNKNOWN = "</s>", "<unk>"
_TYPES = {"float16": torch.float16, "bfloat16": torch.bfloat16}


def number_type(compute_type: str) -> str:
    """What a checkpoint is computed in: as asked for, or float32 in place of integers."""
    return compute_type if compute_type in _TYPES else "float32"


class TransformersRunner:
    """One loaded checkpoint; safe to share between threads, which take turns."""

    def __init__(self, checkpoint: Checkpoint, decoding: Decoding) -> None:
        """Loads the weights.

        Args:
            checkpoint: Whose.
            decoding: Where, in which number type and with how many threads to run.

        Raises:
            InvalidCheckpointError: weights are missing, damaged or of another shape.
        """
        self._tokens = checkpoint.tokens
        self._numbers = {token: number for number, token in enumerate(checkpoint.tokens)}
        most = decoding.max_batch_tokens
        self._batching = Batching(most_tokens=most, least_tokens=most, at_once=1)
        self._device = _device(decoding.device)
        self._turn = threading.Lock()
        self._network: Any = _network(checkpoint, decoding.compute_type).to(self._device)
        self._pad = int(self._network.config.pad_token_id)
        self._never = [self._numbers[_UNKNOWN]]
        if checkpoint.folder.family is ModelFamily.MARIAN:
            # Its decoder begins with padding, which was no token in training.
            self._never.append(self._pad)
        torch.set_num_threads(max(1, decoding.threads))  # PyTorch has one setting for all

    def run(self, inputs: Sequence[ModelInput], search: Search) -> list[list[Hypothesis]]:
        """For each input its hypotheses, best first."""
        found: dict[int, list[Hypothesis]] = {}
        for longest, numbers in by_length(inputs).items():
            sizes = {number: len(inputs[number].tokens) for number in numbers}
            for batch in even_batches(sizes, self._batching):
                with self._turn, torch.inference_mode():
                    said = self._searched([inputs[one] for one in batch], search, longest)
                found |= zip(batch, said, strict=True)
        return [found[number] for number in range(len(inputs))]

    def _searched(
        self, inputs: Sequence[ModelInput], search: Search, longest: int
    ) -> list[list[Hypothesis]]:
        sources = self._rows([one.tokens for one in inputs])
        mask = sources.ne(self._pad).long()
        states = self._network.get_encoder()(sources, attention_mask=mask).last_hidden_state
        start = self._network.config.decoder_start_token_id
        begun = torch.tensor([[start, *self._known(one.prefix)] for one in inputs])
        answers = self._network.generate(
            # A copy: the search writes into what it is given.
            encoder_outputs=BaseModelOutput(last_hidden_state=states),
            attention_mask=mask,
            decoder_input_ids=begun.to(self._device),
            generation_config=self._settings(search, longest_answer(longest) - begun.shape[1] + 1),
        )
        each = search.hypotheses
        said = self._judged(
            answers,
            states.repeat_interleave(each, 0),
            mask.repeat_interleave(each, 0),
            begun.shape[1],
            search,
        )
        sizes = [len(one.tokens) for one in inputs for _ in range(each)]
        flat = iter(
            Hypothesis(one.tokens, one.score, [row[:size] for row in one.attention])
            for one, size in zip(said, sizes, strict=True)
        )
        return [list(islice(flat, each)) for _ in inputs]

    def _settings(self, search: Search, most_tokens: int) -> GenerationConfig:
        return GenerationConfig(
            num_beams=search.beam_size,
            num_return_sequences=search.hypotheses,
            length_penalty=search.length_power,
            no_repeat_ngram_size=search.no_repeat_ngram_size,
            min_new_tokens=1,
            max_new_tokens=most_tokens,
            bad_words_ids=[[number] for number in self._never],
            do_sample=False,
            decoder_start_token_id=self._network.config.decoder_start_token_id,
            eos_token_id=self._numbers[_END],
            pad_token_id=self._pad,
        )

    def _judged(
        self,
        answers: torch.Tensor,
        states: torch.Tensor,
        mask: torch.Tensor,
        begun: int,
        search: Search,
    ) -> Iterator[Hypothesis]:
        """The answers read once more, whole: their exact log probabilities, and their attention.

        Scores of the search are bent by what it forbids to repeat and divided by a power of the
        length. Nothing is left of the share of tokens that are never said, or
        of an end before the first.
        """
        outputs = self._network(
            encoder_outputs=BaseModelOutput(last_hidden_state=states),
            attention_mask=mask,
            decoder_input_ids=answers[:, :-1],
            output_attentions=search.wants_attention,
            use_cache=False,
        )
        chosen = answers[:, begun:]
        logits = outputs.logits[:, begun - 1 :].float()
        logits[:, :, self._never] = -torch.inf
        logits[:, 0, self._numbers[_END]] = -torch.inf
        logs = logits.log_softmax(-1)
        scores = logs.gather(-1, chosen.unsqueeze(-1)).squeeze(-1)
        attention: Any = [None] * len(answers)
        if search.wants_attention:
            layers = outputs.cross_attentions
            # The last layer but one, its heads together, is where words stand best by words.
            attention = layers[max(0, len(layers) - 2)].mean(1)[:, begun - 1 :]
        end = self._numbers[_END]
        for row, logs_of_row, rows in zip(chosen.tolist(), scores, attention, strict=True):
            size = row.index(end) if end in row else len(row)
            counted = min(size + 1, len(row))
            yield Hypothesis(
                [self._tokens[number] for number in row[:size]],
                stored_score(float(logs_of_row[:counted].mean()) if counted else 0.0),
                rows[:size].float().tolist() if rows is not None else [],
            )

    def _rows(self, texts: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401 -- torch is untyped here
        longest = max(map(len, texts))
        rows = [[*self._known(text), *[self._pad] * (longest - len(text))] for text in texts]
        return torch.tensor(rows, device=self._device)

    def _known(self, tokens: Sequence[str]) -> list[int]:
        unknown = self._numbers[_UNKNOWN]
        return [self._numbers.get(token, unknown) for token in tokens]


def _network(checkpoint: Checkpoint, compute_type: str) -> Any:  # noqa: ANN401 -- untyped
    folder = str(checkpoint.folder.path)
    transformers.logging.disable_progress_bar()  # the command has its own
    try:
        network, found = AutoModelForSeq2SeqLM.from_pretrained(
            folder,
            local_files_only=True,
            attn_implementation="eager",  # the others give no attention away
            dtype=_TYPES.get(compute_type, torch.float32),
            output_loading_info=True,
        )
    except Exception as error:  # safetensors raises a kind of its own that has no other parent
        raise InvalidCheckpointError(folder, "its weights cannot be read") from error
    _require_whole(folder, found)
    # What a folder recommends (its own beams and limits) would mix with what is asked for.
    network.generation_config = GenerationConfig()
    return network.eval()


def _require_whole(folder: str, found: Mapping[str, Any]) -> None:
    if found["missing_keys"]:
        raise InvalidCheckpointError(folder, "weights are missing")


def _device(name: str) -> str:
    if name == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return name
