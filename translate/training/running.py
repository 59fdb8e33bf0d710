"""A run folder taken up: network, data and plan put together."""

import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from translate.training.corpus import read_corpus
from translate.training.errors import BusyRunError
from translate.training.network import CONFIG_FILE, new_network, opened_network
from translate.training.plan import Plan, read_plan, write_plan
from translate.training.preparing import CORPUS_FILE, MODEL_FOLDER
from translate.training.progress import Progress
from translate.training.trainer import Trainer
from translate.training.vocabulary import open_vocabulary

_LOG = logging.getLogger(__name__)
_LOCK_FILE = ".lock"


def train(
    run: Path,
    *,
    pieces: int | None = None,
    threads: int | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Progress:
    """Begin a run or go on with it, to the end of its plan or until told to stop.

    Args:
        run: A folder made by `prepare`.
        pieces: A new end of its plan, in target pieces; the learning rate follows it.
        threads: Processor threads; None takes all.
        should_stop: Asked before every step.

    Raises:
        BusyRunError: when another process is training it.
        InvalidRunError: when the folder is not prepared or damaged.
        InvalidStartModelError: when the model to start from cannot be read.
    """
    if threads:
        torch.set_num_threads(threads)
    plan = read_plan(run)
    if pieces:
        plan = replace(plan, pieces=pieces)
    with _locked(run):
        write_plan(plan, run)
        corpus = read_corpus(run / CORPUS_FILE)
        trainer = Trainer(run_network(run, plan), corpus, plan, run)
        done = trainer.progress
        _LOG.info("%s: going on after step %d, %d pieces", run, done.steps, done.pieces)
        return trainer.train(should_stop)


def run_network(run: Path, plan: Plan) -> Any:  # noqa: ANN401 -- transformers is untyped
    """The network of a run as it was before its first step."""
    folder = run / MODEL_FOLDER
    vocabulary = open_vocabulary(folder)
    if (folder / CONFIG_FILE).exists():
        return opened_network(folder, vocabulary, dropout=plan.dropout)
    return new_network(plan.shape, vocabulary, dropout=plan.dropout, seed=plan.seed)


@contextmanager
def _locked(run: Path) -> Iterator[None]:
    """The run for this process alone; the system takes the lock back from a killed one."""
    with (run / _LOCK_FILE).open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyRunError(str(run)) from error
        yield
