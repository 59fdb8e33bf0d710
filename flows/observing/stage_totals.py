"""Costs of stages added up, each once, however often their runs are looked at."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from flows.observing.effort import STEPS
from flows.runs.records import RunRecord, StageCost

BUCKETS_S = (0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0)
"""Upper bounds: from a lookup to an hour in a model."""

_OTHER = "other"


class StageTotals:
    """Grows with every run that it is shown, so that rates can be made of it.

    A run is known by how many of its costs were counted, since a record only ever gains some; what
    is no longer shown is forgotten.

    Attributes:
        counts: Stage → results computed within each bound of `BUCKETS_S`, and in all.
        sums_s: Stage → their wall time.
        results: (stage, ``true`` or ``false`` for stored already) → how many were used.
    """

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}
        self.sums_s: dict[str, float] = {}
        self.results: Counter[tuple[str, ...]] = Counter()
        self._counted: dict[str, int] = {}

    def add(self, records: Iterable[RunRecord]) -> None:
        """Count what is new in these runs, which are all that there are to be seen now."""
        seen: dict[str, int] = {}
        for record in records:
            for cost in record.costs[self._counted.get(record.run_id, 0) :]:
                self._add(cost)
            seen[record.run_id] = len(record.costs)
        self._counted = seen

    def _add(self, cost: StageCost) -> None:
        # A record is a file that anybody may have written: no label comes from there.
        stage = cost.stage if cost.stage in STEPS else _OTHER
        self.results[stage, "true" if cost.cached else "false"] += 1
        if cost.cached:
            return
        took_s = cost.wall_ms / 1000
        counts = self.counts.setdefault(stage, [0] * (len(BUCKETS_S) + 1))
        for place in range(bisect_left(BUCKETS_S, took_s), len(counts)):
            counts[place] += 1
        self.sums_s[stage] = self.sums_s.get(stage, 0.0) + took_s
