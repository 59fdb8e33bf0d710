"""What an hour of a machine costs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Of an hour of one processor core and of one GPU; 0 where nobody says.

    Attributes:
        cpu_hour: Of one core, busy for an hour.
        gpu_hour: Of one GPU, held for an hour.
        currency: Of both.
    """

    cpu_hour: float = 0.0
    gpu_hour: float = 0.0
    currency: str = "EUR"

    @property
    def are_known(self) -> bool:
        """Whether there is anything to reckon with."""
        return bool(self.cpu_hour or self.gpu_hour)

    def text(self, amount: float) -> str:
        """``0.042 EUR``; empty where nobody said what anything costs."""
        return f"{amount:.3f} {self.currency}" if self.are_known else ""


NO_PRICES = Prices()
"""Nobody reckons."""
