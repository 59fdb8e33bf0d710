"""The state of a run on disk: all that training needs to go on as if never stopped."""

import os
import pickle
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from translate.training.errors import InvalidRunError
from translate.training.progress import Progress

CHECKPOINT_FILE = "checkpoint.pt"
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A moment of a run.

    Attributes:
        progress: How far it is.
        corpus_revision: Of the data it trains on.
        weights: Of the network, by name.
        averaged: The moving average of the weights, by name.
        optimizer: Its state, as PyTorch keeps it.
        random: State of PyTorch's random numbers.
    """

    progress: Progress
    corpus_revision: str
    weights: Mapping[str, torch.Tensor]
    averaged: Mapping[str, torch.Tensor]
    optimizer: Mapping[str, Any]
    random: torch.Tensor


def write_checkpoint(checkpoint: Checkpoint, run: Path) -> None:
    """Replace the run's checkpoint; at every moment there is a whole one."""
    content = {
        "format": _FORMAT,
        "progress": asdict(checkpoint.progress),
        "corpus_revision": checkpoint.corpus_revision,
        "weights": dict(checkpoint.weights),
        "averaged": dict(checkpoint.averaged),
        "optimizer": dict(checkpoint.optimizer),
        "random": checkpoint.random,
    }
    partial = run / f".{CHECKPOINT_FILE}.partial"
    with partial.open("wb") as stream:
        torch.save(content, stream)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(run / CHECKPOINT_FILE)


def read_checkpoint(run: Path) -> Checkpoint | None:
    """The run's checkpoint; None when it has not come so far.

    Raises:
        InvalidRunError: when it is damaged or of another release.
    """
    path = run / CHECKPOINT_FILE
    if not path.exists():
        return None
    # What is no archive would be read as a format of old, whose reader fails in any way it likes.
    if not zipfile.is_zipfile(path):
        raise InvalidRunError(str(run), f"{CHECKPOINT_FILE} is damaged")
    try:
        # Only tensors and plain values are read: a checkpoint cannot bring code.
        content = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError, pickle.UnpicklingError) as error:
        raise InvalidRunError(str(run), f"{CHECKPOINT_FILE} is damaged") from error
    if not isinstance(content, dict) or content.pop("format", None) != _FORMAT:
        raise InvalidRunError(str(run), f"{CHECKPOINT_FILE} is of another release")
    try:
        progress = Progress(**content.pop("progress"))
        return Checkpoint(progress=progress, **content)
    except (KeyError, TypeError) as error:
        raise InvalidRunError(str(run), f"{CHECKPOINT_FILE} is damaged") from error
