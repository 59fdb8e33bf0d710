"""From a run's checkpoint to folders that translate: a Marian one, and CTranslate2's int8."""

import shutil
import tempfile
from pathlib import Path

from translate.engines.ctranslate2_conversion import write_converted
from translate.engines.number_types import Quantization
from translate.training.card import model_card, write_card
from translate.training.checkpoints import Checkpoint, read_checkpoint
from translate.training.errors import InvalidRunError
from translate.training.network import copy_weights, save_network, trained_weights
from translate.training.plan import read_plan
from translate.training.preparing import MODEL_FOLDER
from translate.training.provenance import read_provenance
from translate.training.running import run_network
from translate.training.vocabulary import open_vocabulary


def export(run: Path, folder: Path) -> None:
    """Write the averaged weights of a run's last checkpoint as a Marian folder.

    Raises:
        InvalidRunError: when there is no checkpoint yet.
    """
    checkpoint = _checkpoint(run)
    network = run_network(run, read_plan(run))
    copy_weights(checkpoint.averaged, trained_weights(network))
    shutil.copytree(run / MODEL_FOLDER, folder)
    save_network(network, folder)


def convert_run(run: Path, folder: Path) -> None:
    """Convert a run's last checkpoint, with its model card.

    Raises:
        InvalidRunError: when the run is damaged, or has no checkpoint yet.
    """
    card = model_card(read_provenance(run), read_plan(run), _checkpoint(run).progress)
    with tempfile.TemporaryDirectory() as work:
        marian = Path(work) / "marian"
        export(run, marian)
        write_card(card, marian)
        convert(marian, folder)


def convert(marian: Path, folder: Path, *, quantization: str = "int8") -> None:
    """Convert a Marian folder to CTranslate2; the folder appears whole, or is replaced.

    Args:
        marian: With weights and tokenizer.
        folder: To make, beside what is there already.
        quantization: Of the weights, as CTranslate2 names it.

    Raises:
        InvalidStartModelError: when ``marian`` is no Marian model.
    """
    open_vocabulary(marian)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
        partial = Path(beside) / "new"
        write_converted(marian, partial, Quantization(quantization))
        if folder.exists():
            folder.rename(Path(beside) / "old")
        partial.rename(folder)


def _checkpoint(run: Path) -> Checkpoint:
    checkpoint = read_checkpoint(run)
    if checkpoint is None:
        raise InvalidRunError(str(run), "it has no checkpoint yet")
    return checkpoint
