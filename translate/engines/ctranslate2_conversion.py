"""From a checkpoint to a folder that CTranslate2 runs."""

from pathlib import Path
from typing import Any

import ctranslate2

from translate.engines.checkpoint import open_checkpoint, without_advice
from translate.engines.model_folder import LIMITS_FILE
from translate.engines.number_types import Quantization
from translate.engines.subword_tokenizers import TOKENIZER_FILES
from translate.engines.torch_extra import require_torch
from translate.errors import InvalidCheckpointError

# What says on which terms a model may be used travels with it.
_PAPERS = ("README*", "LICENSE*", "LICENCE*", "NOTICE*", "COPYING*")


def write_converted(checkpoint: Path, folder: Path, quantization: Quantization) -> None:
    """Convert a checkpoint; its tokenizer files, limits, licence and README come along.

    Args:
        checkpoint: A folder as transformers saves it.
        folder: To make; must not be there yet.
        quantization: Of the weights.

    Raises:
        MissingTorchError: PyTorch is not installed.
        InvalidCheckpointError: the checkpoint is damaged or of no known family.
    """
    require_torch()
    opened = open_checkpoint(checkpoint)
    papers = [path.name for paper in _PAPERS for path in checkpoint.glob(paper) if path.is_file()]
    pieces = [name for name in (*TOKENIZER_FILES, LIMITS_FILE) if (checkpoint / name).is_file()]
    try:
        with without_advice():
            _Converter(
                str(checkpoint), _Tokenizer(opened.tokenizer, opened.tokens), [*pieces, *papers]
            ).convert(str(folder), quantization=quantization.value)
    except Exception as error:  # whatever the libraries raise for files they cannot read
        if isinstance(error, OSError) and error.errno is not None:
            raise  # a full disk is no fault of the checkpoint
        why = " ".join(str(error).split())[:200]
        raise InvalidCheckpointError(str(checkpoint), f"conversion fails: {why}") from error


class _Tokenizer:
    """A tokenizer that knows all of a checkpoint's tokens, and has no further ones to add.

    The converter looks for M2M100's languages under a name that transformers gave up.
    """

    num_madeup_words = 0

    def __init__(self, tokenizer: Any, tokens: tuple[str, ...]) -> None:  # noqa: ANN401 -- untyped
        self._tokenizer, self._tokens = tokenizer, tokens

    @property
    def special_tokens_map(self) -> dict[str, list[str]]:
        """None beyond those of the vocabulary."""
        return {}

    def get_vocab(self) -> dict[str, int]:
        """The whole list of the checkpoint."""
        return {token: number for number, token in enumerate(self._tokens)}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever the converter asks for
        return getattr(self._tokenizer, name)


class _Converter(ctranslate2.converters.TransformersConverter):  # type: ignore[misc] # untyped
    """The library's converter, told the tokens."""

    def __init__(self, checkpoint: str, tokenizer: _Tokenizer, copied: list[str]) -> None:
        super().__init__(checkpoint, copy_files=copied)
        self._told_tokenizer = tokenizer

    def load_model(self, *named: Any, **options: Any) -> Any:  # noqa: ANN401 -- untyped
        """The network; transformers 5 says elsewhere than before whether a T5 scales its output.

        Where the converter looks it finds that every T5 does, and MADLAD would be spoiled.
        """
        network = super().load_model(*named, **options)
        config = network.config
        config.tie_word_embeddings = getattr(
            config, "scale_decoder_outputs", config.tie_word_embeddings
        )
        return network

    def load_tokenizer(self, *_: object, **__: object) -> _Tokenizer:
        """The one that was told."""
        return self._told_tokenizer
