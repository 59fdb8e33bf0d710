"""A translation model as transformers saves it: weights, tokenizer, and the one list of its tokens.

A checkpoint's tokens are spread over files that differ by family, and M2M100 keeps its languages in
the library alone. Here they become one list by number, which both the engine that runs the
checkpoint and the conversion of it go by.
"""

import os
import re
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translate.engines.model_folder import (
    CONFIG_FILE,
    ModelFolder,
    family_of,
    longest_sentence_of,
    read_json,
)
from translate.errors import InvalidCheckpointError, InvalidModelFolderError
from translate.translator import LanguagePair

_TYPES = frozenset({"marian", "m2m_100", "t5"})
_FILLER = "madeupword{}"
_WEIGHTS = re.compile(r"(model|pytorch_model).*\.(safetensors|bin)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A checkpoint that was opened.

    Attributes:
        folder: What it is and serves.
        tokens: By number, as many as the network knows.
        tokenizer: The library's own, for what its converter asks of it.
    """

    folder: ModelFolder
    tokens: tuple[str, ...]
    tokenizer: Any


def is_checkpoint(path: Path) -> bool:
    """Whether a folder looks like a checkpoint and not like a converted model."""
    if (path / "model.bin").is_file() or not (path / CONFIG_FILE).is_file():
        return False
    return any(_WEIGHTS.fullmatch(one.name) for one in path.iterdir())


def open_checkpoint(path: Path, pairs: Collection[LanguagePair] = ()) -> Checkpoint:
    """Read what kind of model a checkpoint is; its weights are not read.

    Args:
        path: A folder as transformers saves it, with the model's tokenizer files.
        pairs: As for `open_model_folder`.

    Raises:
        InvalidCheckpointError: when files are missing, damaged or of no known family.
    """
    config = _config(path)
    size = config.get("vocab_size")
    if not isinstance(size, int):
        raise InvalidCheckpointError(str(path), f"{CONFIG_FILE} names no vocab_size")
    tokenizer = _tokenizer(path)
    tokens = _tokens(tokenizer, size)
    try:
        family = family_of(path, tokens)
        longest = longest_sentence_of(path)
    except InvalidModelFolderError as error:
        raise InvalidCheckpointError(str(path), error.why) from error
    folder = ModelFolder(
        path=path,
        family=family,
        vocabulary=frozenset(tokens),
        adds_end=False,
        pairs=frozenset(pairs),
        longest_sentence_chars=longest,
    )
    return Checkpoint(folder=folder, tokens=tokens, tokenizer=tokenizer)


def _config(path: Path) -> dict[str, object]:
    if not is_checkpoint(path):
        raise InvalidCheckpointError(str(path), f"there is no {CONFIG_FILE} with weights beside it")
    try:
        config = read_json(path / CONFIG_FILE)
    except InvalidModelFolderError as error:
        raise InvalidCheckpointError(str(path), error.why) from error
    if not isinstance(config, dict) or config.get("model_type") not in _TYPES:
        raise InvalidCheckpointError(str(path), "it is of no family that is known here")
    return config


def _tokenizer(path: Path) -> Any:  # noqa: ANN401 -- transformers is untyped here
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
    from transformers import AutoTokenizer  # noqa: PLC0415 -- takes seconds to import

    try:
        with without_advice():
            return AutoTokenizer.from_pretrained(str(path), local_files_only=True)
    except Exception as error:  # the library raises whatever its file readers raise
        raise InvalidCheckpointError(str(path), "its tokenizer cannot be read") from error


@contextmanager
def without_advice() -> Iterator[None]:
    """The library advises to install a punctuation normaliser, which nothing here uses.

    It also draws progress of its own, which goes for good.
    """
    import transformers  # noqa: PLC0415 -- takes seconds to import

    transformers.logging.disable_progress_bar()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
        yield


def _tokens(tokenizer: Any, size: int) -> tuple[str, ...]:  # noqa: ANN401 -- as above
    """Each number's token; the network is often larger than the tokenizer, filled up for speed."""
    numbers = {str(token): int(number) for token, number in tokenizer.get_vocab().items()}
    # M2M100's languages stand behind its vocabulary, known to the library and to no file.
    numbers |= getattr(tokenizer, "lang_token_to_id", {})
    tokens = {number: token for token, number in numbers.items()}
    return tuple(tokens.get(number, _FILLER.format(number)) for number in range(size))
