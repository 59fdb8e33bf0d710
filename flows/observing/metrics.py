"""Metrics for Prometheus, from the run log and the review queue; its one home in flows/.

No title, path or person is ever a label: kinds, states, stages and languages are, and of those
there is a known number.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from flows.observing.queue_metrics import queue_metrics
from flows.observing.stage_totals import BUCKETS_S, StageTotals
from flows.runs.port import RunLog
from flows.runs.records import RunKind, RunRecord
from review.overview import Overview
from subtitles.errors import StorageError

logger = logging.getLogger(__name__)

WINDOW = timedelta(days=7)
"""Runs begun longer ago are not looked at."""
MAX_RUNS = 5_000
"""Of the window, so many are looked at, the newest first."""


class PolycueCollector(Collector):
    """Asks the run log and the queue anew whenever it is asked.

    What cannot be read is left out, and ``polycue_up`` says so: a database that is down must not
    hide how the runs go.
    """

    def __init__(
        self,
        runs: RunLog,
        overview: Overview,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._runs, self._overview, self._clock = runs, overview, clock
        self._totals = StageTotals()

    def collect(self) -> Iterable[Metric]:
        """See `Collector.collect`."""
        up = GaugeMetricFamily(
            "polycue_up", "1 when this part can be read, 0 when not.", labels=["part"]
        )
        for part, ask in (("runs", self._of_runs), ("review", self._of_queue)):
            found: list[Metric] = []
            try:
                found = list(ask())
            except StorageError as error:
                logger.warning("no metrics of %s: %s", part, error)
            up.add_metric([part], 1 if found else 0)
            yield from found
        yield up

    def _of_queue(self) -> Iterator[Metric]:
        return queue_metrics(self._overview.queue(), self._clock())

    def _of_runs(self) -> Iterator[Metric]:
        since = self._clock() - WINDOW
        records = [one for one in self._runs.recent(MAX_RUNS) if one.started_at >= since]
        yield _counted(
            "polycue_runs",
            "Runs begun in the last 7 days.",
            ("kind", "state"),
            Counter((one.kind.value, one.state.value) for one in records),
        )
        yield _counted(
            "polycue_titles",
            "Titles run in the last 7 days, by how their last run stands.",
            ("state",),
            Counter((one.state.value,) for one in _last_of_each_title(records)),
        )
        yield GaugeMetricFamily(
            "polycue_programme_seconds",
            "Length of the titles run in the last 7 days.",
            value=sum(one.programme_ms for one in _last_of_each_title(records)) / 1000,
        )
        yield GaugeMetricFamily(
            "polycue_run_processor_seconds",
            "Processor time of the stages of runs begun in the last 7 days.",
            value=sum(cost.cpu_ms for one in records for cost in one.costs) / 1000,
        )
        self._totals.add(records)
        yield from _stages(self._totals)


def _last_of_each_title(records: Iterable[RunRecord]) -> list[RunRecord]:
    """Newest first in, so the first of each is the last that was run."""
    last: dict[str, RunRecord] = {}
    for one in records:
        if one.kind in {RunKind.TITLE, RunKind.FILE, RunKind.TRANSCRIPT}:
            last.setdefault(one.media_id or one.title, one)
    return list(last.values())


def _stages(totals: StageTotals) -> Iterator[Metric]:
    took = HistogramMetricFamily(
        "polycue_stage_seconds", "Wall time of results computed, by stage.", labels=["stage"]
    )
    for stage, counts in sorted(totals.counts.items()):
        bounds = [*(str(bound) for bound in BUCKETS_S), "+Inf"]
        took.add_metric([stage], list(zip(bounds, counts, strict=True)), totals.sums_s[stage])
    yield took
    yield _counted(
        "polycue_stage_results",
        "Results used, by whether they were stored already.",
        ("stage", "cached"),
        totals.results,
    )
    ratio = GaugeMetricFamily(
        "polycue_stage_cached_ratio", "Share of results that were stored already."
    )
    used = sum(totals.results.values())
    cached = sum(count for (_, is_cached), count in totals.results.items() if is_cached == "true")
    if used:
        ratio.add_metric([], cached / used)
    yield ratio


def _counted(
    name: str, says: str, labels: tuple[str, ...], counts: Counter[tuple[str, ...]]
) -> Metric:
    family = GaugeMetricFamily(name, says, labels=labels)
    for values, count in sorted(counts.items()):
        family.add_metric(values, count)
    return family
