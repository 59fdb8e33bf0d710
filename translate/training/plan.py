"""How a run trains: decided when it begins, kept beside it, and the learning rate that follows."""

import json
import math
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from translate.training.errors import InvalidRunError

PLAN_FILE = "plan.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Settings of a run. All but ``pieces`` and ``cooldown`` stay as they were at its beginning.

    Attributes:
        pieces: Target pieces to train on before it ends.
        batch_tokens: Target tokens of a step, padding included.
        learning_rate: The highest, reached after the warm-up.
        warmup_steps: Steps during which the learning rate rises.
        cooldown: Last share of ``pieces`` over which the learning rate falls to nothing.
        smoothing: Share of the probability that label smoothing spreads over all tokens.
        clip: Greatest norm of the gradient.
        averaging: Share of the averaged weights that a step keeps, once there are many steps.
        dropout: Share of activations dropped; costly, and needless for a few epochs.
        seed: Of weights, order and dropout.
    """

    pieces: int
    batch_tokens: int = 2_500
    learning_rate: float = 1.2e-3
    warmup_steps: int = 1_000
    cooldown: float = 0.15
    smoothing: float = 0.1
    clip: float = 1.0
    averaging: float = 0.999
    dropout: float = 0.0
    seed: int = 1

    def rate(self, step: int, pieces_done: int) -> float:
        """Learning rate of a step, counted from 1: a rise, an inverse root, a fall to nothing."""
        rising = min(step / self.warmup_steps, math.sqrt(self.warmup_steps / step))
        left = max(0.0, 1 - pieces_done / self.pieces)
        return self.learning_rate * rising * min(1.0, left / self.cooldown)

    def kept_average(self, step: int) -> float:
        """Share of the averaged weights that a step keeps: less while there are few steps."""
        return min(self.averaging, (1 + step) / (10 + step))


def write_plan(plan: Plan, run: Path) -> None:
    """Keep a plan beside its run."""
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
        if not isinstance(content, dict) or set(content) - {one.name for one in fields(Plan)}:
            raise InvalidRunError(str(run), f"{PLAN_FILE} is damaged")
        return Plan(**content)
    except (OSError, ValueError, TypeError) as error:
        raise InvalidRunError(str(run), f"{PLAN_FILE} is missing or damaged") from error
