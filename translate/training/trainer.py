"""The training loop: one batch after the other, checkpoints in between, and going on from them."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from translate.training.batches import Batch, BatchRules, epoch_batches, filled
from translate.training.checkpoints import Checkpoint, read_checkpoint, write_checkpoint
from translate.training.corpus import Corpus
from translate.training.errors import DivergedError, InvalidRunError
from translate.training.network import batch_loss, copy_weights, trained_weights
from translate.training.plan import Plan
from translate.training.progress import Pace, Progress

_LOG = logging.getLogger(__name__)
_BETAS = (0.9, 0.98)
_LOG_EVERY_STEPS = 100
_CHECKPOINT_EVERY_S = 300.0


class Trainer:
    """A network in training. Stopped at any moment it loses what came after its last checkpoint."""

    def __init__(self, network: Any, corpus: Corpus, plan: Plan, run: Path) -> None:  # noqa: ANN401 -- untyped
        """Takes up the run's checkpoint when there is one.

        Raises:
            InvalidRunError: when the checkpoint is damaged or was made with other data.
        """
        self._network, self._corpus, self._plan, self._run = network, corpus, plan, run
        config = network.config
        self._rules = BatchRules(
            tokens=plan.batch_tokens,
            seed=plan.seed,
            end=config.eos_token_id,
            pad=config.pad_token_id,
        )
        self._trained = trained_weights(network)
        self._averaged = {name: one.detach().clone() for name, one in self._trained.items()}
        self._optimizer = torch.optim.Adam(
            self._trained.values(), lr=plan.learning_rate, betas=_BETAS, eps=1e-9, fused=True
        )
        self.progress = Progress()
        checkpoint = read_checkpoint(run)
        if checkpoint is not None:
            self._resume(checkpoint)

    def train(self, should_stop: Callable[[], bool] = lambda: False) -> Progress:
        """Train to the end of the plan, or until told to stop; ends with a checkpoint.

        Args:
            should_stop: Asked before every step.

        Raises:
            DivergedError: when the loss is no number any more.
        """
        self._network.train()
        pace = Pace()
        saved_at = time.monotonic()
        for batch, after in self._batches():
            if self.progress.pieces >= self._plan.pieces or should_stop():
                break
            pace.add(batch.pieces, self._step(batch))
            steps, pieces = self.progress.steps + 1, self.progress.pieces + batch.pieces
            self.progress = replace(after, steps=steps, pieces=pieces)
            if steps % _LOG_EVERY_STEPS == 0:
                _LOG.info("%s", pace.line(self.progress, self._plan.pieces))
            if time.monotonic() - saved_at > _CHECKPOINT_EVERY_S:
                self._save()
                saved_at = time.monotonic()
        self._save()
        return self.progress

    def _step(self, batch: Batch) -> float:
        """One update; the loss before it, in nats per target token."""
        plan, step = self._plan, self.progress.steps + 1
        loss = batch_loss(self._network, batch, plan.smoothing)
        if not torch.isfinite(loss):
            raise DivergedError(str(self._run), step)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._trained.values(), plan.clip)
        for group in self._optimizer.param_groups:
            group["lr"] = plan.rate(step, self.progress.pieces)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self._averaged.values()),
                list(self._trained.values()),
                1 - plan.kept_average(step),
            )
        return float(loss.detach())

    def _batches(self) -> Iterator[tuple[Batch, Progress]]:
        """Batches from where the run is, for ever, each with where it is after them."""
        epoch, first = self.progress.epoch, self.progress.batch
        while True:
            batches = epoch_batches(self._corpus, self._rules, epoch)
            for number in range(first, len(batches)):
                after = Progress(epoch=epoch, batch=number + 1)
                yield filled(self._corpus, batches[number], self._rules), after
            epoch, first = epoch + 1, 0

    def _save(self) -> None:
        write_checkpoint(
            Checkpoint(
                progress=self.progress,
                corpus_revision=self._corpus.revision,
                weights={name: one.detach() for name, one in self._trained.items()},
                averaged=self._averaged,
                optimizer=self._optimizer.state_dict(),
                random=torch.get_rng_state(),
            ),
            self._run,
        )

    def _resume(self, checkpoint: Checkpoint) -> None:
        if checkpoint.corpus_revision != self._corpus.revision:
            raise InvalidRunError(str(self._run), "its checkpoint was made with other data")
        if _shapes(checkpoint.weights) != _shapes(self._trained):
            raise InvalidRunError(str(self._run), "its checkpoint is of another network")
        copy_weights(checkpoint.weights, self._trained)
        copy_weights(checkpoint.averaged, self._averaged)
        self._optimizer.load_state_dict(dict(checkpoint.optimizer))
        torch.set_rng_state(checkpoint.random)
        self.progress = checkpoint.progress


def _shapes(weights: Mapping[str, torch.Tensor]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(values.shape) for name, values in weights.items()}
