"""How a run trains: decided when it is prepared, and kept beside it."""

import json
import math
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from translate.training.errors import InvalidPlanError, InvalidRunError

PLAN_FILE = "plan.json"
_SHARES = ("cooldown", "smoothing", "averaging", "dropout")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A new Marian network. The defaults are the starter model's: six million weights.

    Attributes:
        width: Of embeddings and layers.
        inner_width: Of the feed-forward layers.
        encoder_layers: Read the source; cheap, since they run once a sentence.
        decoder_layers: Write the target, once a token.
        heads: Of every attention layer; ``width`` is a multiple.
        max_positions: Longest sequence, in tokens.
        vocabulary: Pieces, 256 single bytes for unseen characters included; fewer are made when
            the text has no more.
    """

    width: int = 256
    inner_width: int = 768
    encoder_layers: int = 4
    decoder_layers: int = 2
    heads: int = 4
    max_positions: int = 512
    vocabulary: int = 6_000

    def __post_init__(self) -> None:
        for one in fields(self):
            if getattr(self, one.name) < 1:
                raise InvalidPlanError(one.name, getattr(self, one.name), "it must be at least 1")
        if self.width % (2 * self.heads):
            raise InvalidPlanError("width", self.width, f"it must divide by 2 × {self.heads} heads")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Settings of a run. Once it has begun, only ``pieces`` may change.

    The defaults were found good for a new model on half a million short sentences, on a processor.

    Attributes:
        pieces: Target pieces to train on before it ends.
        batch_tokens: Target tokens of a step, padding included. A small model is as fast with few,
            and learns more from many small steps than from few large ones.
        learning_rate: The highest, reached after the warm-up.
        warmup_steps: Steps during which the learning rate rises.
        cooldown: Last share of ``pieces`` over which the learning rate falls to nothing.
        smoothing: Share of the probability that label smoothing spreads over all tokens.
        clip: Greatest norm of the gradient.
        averaging: Share of the averaged weights that a step keeps, once there are many steps.
        dropout: Share of activations dropped; costly, and needless for a few epochs.
        seed: Of weights, order and dropout.
        shape: Of a new network; one that is fine-tuned keeps its own.
    """

    pieces: int = 24_000_000
    batch_tokens: int = 2_500
    learning_rate: float = 1.2e-3
    warmup_steps: int = 1_000
    cooldown: float = 0.15
    smoothing: float = 0.1
    clip: float = 1.0
    averaging: float = 0.999
    dropout: float = 0.0
    seed: int = 1
    shape: Shape = field(default_factory=Shape)

    def __post_init__(self) -> None:
        for name in ("pieces", "batch_tokens", "learning_rate", "warmup_steps", "clip"):
            if getattr(self, name) <= 0:
                raise InvalidPlanError(name, getattr(self, name), "it must be positive")
        for name in _SHARES:
            if not 0 <= getattr(self, name) < 1:
                raise InvalidPlanError(name, getattr(self, name), "it must be from 0 to below 1")
        if self.seed < 0:
            raise InvalidPlanError("seed", self.seed, "it must not be negative")

    def rate(self, step: int, pieces_done: int) -> float:
        """Learning rate of a step, counted from 1: a rise, an inverse root, a fall to nothing."""
        rising = min(step / self.warmup_steps, math.sqrt(self.warmup_steps / step))
        left = max(0.0, 1 - pieces_done / self.pieces)
        falling = min(1.0, left / self.cooldown) if self.cooldown else 1.0
        return self.learning_rate * rising * falling

    def kept_average(self, step: int) -> float:
        """Share of the averaged weights that a step keeps: less while there are few steps."""
        return min(self.averaging, (1 + step) / (10 + step))


FINE_TUNING = Plan(pieces=2_000_000, learning_rate=5e-5, warmup_steps=200, dropout=0.1)
"""For a model that translates already: small steps, and dropout since the pairs are few."""


def write_plan(plan: Plan, run: Path) -> None:
    """Keep a plan beside its run; the file appears whole or not at all."""
    partial = run / f".{PLAN_FILE}.partial"
    partial.write_text(json.dumps(asdict(plan), indent=1) + "\n", encoding="utf-8")
    partial.replace(run / PLAN_FILE)


def read_plan(run: Path) -> Plan:
    """The plan of a run.

    Raises:
        InvalidRunError: when it is missing or damaged.
    """
    try:
        content = json.loads((run / PLAN_FILE).read_text(encoding="utf-8"))
        return Plan(**{**content, "shape": Shape(**content["shape"])})
    except (OSError, ValueError, TypeError, KeyError, InvalidPlanError) as error:
        raise InvalidRunError(str(run), f"{PLAN_FILE} is missing or damaged") from error
