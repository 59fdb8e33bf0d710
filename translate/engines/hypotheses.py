"""What a sequence model is given and gives back, token by token, whatever software runs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from translate.engines.decoding import Search

# In another batch sums differ in their last bits (2e-7 was measured): kept out of what is stored.
_SCORE_DIGITS = 5


@dataclass(frozen=True, slots=True)
class ModelInput:
    """One text for the model.

    Attributes:
        tokens: Of the source side, language and end tokens among them.
        prefix: What the output has to begin with; empty for most models.
    """

    tokens: list[str]
    prefix: list[str]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One output of the model.

    Attributes:
        tokens: Of the target side, without prefix and end token.
        score: Mean natural log probability of the tokens and the end token, the prefix left out.
        attention: For each token, how much of it went to each token of the input, nothing at all
            for a token of which it is not known; empty unless the search wanted it.
    """

    tokens: list[str]
    score: float
    attention: list[list[float]]


def stored_score(mean: float) -> float:
    """A mean log probability without the digits that depend on what stood beside the input."""
    return min(round(mean, _SCORE_DIGITS), 0.0)


class Runner(Protocol):
    """Runs a model."""

    def run(self, inputs: Sequence[ModelInput], search: Search) -> list[list[Hypothesis]]:
        """For each input its hypotheses, best first, at least one; no input changes another's."""
        ...
