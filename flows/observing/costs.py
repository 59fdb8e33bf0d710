"""What results of stages cost (pure)."""

from collections.abc import Iterable

from flows.observing.prices import Prices
from flows.runs.records import StageCost

MS_PER_HOUR = 3_600_000

ENGINE_STAGES = frozenset({"language", "chunk", "speakers", "target-cues"})
"""Stages whose models run on the device of the settings; all others never leave the processor."""


def price_of(costs: Iterable[StageCost], prices: Prices, *, device: str) -> float:
    """What these results took, in the prices' currency.

    A core is paid for the time that it works; a GPU for as long as an engine holds it.
    """
    cpu_ms = gpu_ms = 0
    for cost in costs:
        cpu_ms += cost.cpu_ms
        if device != "cpu" and not cost.cached and cost.stage in ENGINE_STAGES:
            gpu_ms += cost.wall_ms
    return (cpu_ms * prices.cpu_hour + gpu_ms * prices.gpu_hour) / MS_PER_HOUR
