"""From a run's checkpoint to folders that translate: a Marian one, and CTranslate2's int8."""

import shutil
import tempfile
import warnings
from pathlib import Path

import ctranslate2

from translate.training.checkpoints import read_checkpoint
from translate.training.errors import InvalidRunError
from translate.training.network import copy_weights, save_network, trained_weights
from translate.training.plan import read_plan
from translate.training.preparing import MODEL_FOLDER
from translate.training.running import run_network
from translate.training.vocabulary import SPM_FILES

_QUANTIZATION = "int8"


def export(run: Path, folder: Path) -> None:
    """Write the averaged weights of a run's last checkpoint as a Marian folder.

    Raises:
        InvalidRunError: when there is no checkpoint yet.
    """
    checkpoint = read_checkpoint(run)
    if checkpoint is None:
        raise InvalidRunError(str(run), "it has no checkpoint yet")
    network = run_network(run, read_plan(run))
    copy_weights(checkpoint.averaged, trained_weights(network))
    shutil.copytree(run / MODEL_FOLDER, folder)
    save_network(network, folder)


def convert(marian: Path, folder: Path) -> None:
    """Convert a Marian folder to CTranslate2, int8; the folder appears whole, or is replaced.

    Raises:
        InvalidStartModelError: when ``marian`` is no Marian model.
    """
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
        partial = Path(beside) / "new"
        with warnings.catch_warnings():
            # The tokenizer asks for a punctuation normaliser that conversion does not use.
            warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
            converter = ctranslate2.converters.TransformersConverter(
                str(marian), copy_files=list(SPM_FILES)
            )
            converter.convert(str(partial), quantization=_QUANTIZATION)
        if folder.exists():
            folder.rename(Path(beside) / "old")
        partial.rename(folder)
