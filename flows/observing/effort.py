"""What a title took so far, in all of its runs, as its quality report says it."""

import logging
from collections.abc import Iterator, Sequence

from flows.observing.costs import MS_PER_HOUR, price_of
from flows.observing.prices import Prices
from flows.runs.port import RunLog
from flows.runs.recording import RunRecorder
from flows.runs.records import RunRecord, StageCost
from subtitles.errors import StorageError
from subtitles.report.model import Effort, StepEffort

logger = logging.getLogger(__name__)

STEPS = {
    "listening": "Listening for speech",
    "language": "Detecting the language",
    "chunk": "Recognising speech",
    "transcript": "Joining the transcript",
    "speakers": "Telling voices apart",
    "labelled-transcript": "Naming speakers",
    "shots": "Finding shot changes",
    "file-cues": "Reading the file",
    "source-cues": "Source subtitles",
    "target-cues": "Translation",
}
"""What people call the stages, in the order of the work."""


def effort_so_far(run: RunRecorder) -> Effort | None:
    """Of all runs of the run's medium; None when the log cannot be read.

    Only what was computed counts, so that a run which finds everything stored changes nothing.
    """
    own = run.record
    try:
        costs = (*_costs_of_others(run.log, own), *_computed(own))
    except StorageError as error:
        logger.warning("what the title took is not reported: %s", error)
        return None
    return effort_of(costs, own.programme_ms, run.prices, device=own.device)


def effort_of(
    costs: Sequence[StageCost], programme_ms: int, prices: Prices, *, device: str = "cpu"
) -> Effort:
    """The costs by step, and their sum for an hour of programme."""
    order = [*STEPS, *sorted({cost.stage for cost in costs} - STEPS.keys())]
    by_stage = {stage: [one for one in costs if one.stage == stage] for stage in order}
    cpu_ms = sum(one.cpu_ms for one in costs)
    price = price_of(costs, prices, device=device)
    hours = programme_ms / MS_PER_HOUR
    return Effort(
        steps=tuple(_step(stage, found) for stage, found in by_stage.items() if found),
        stage_ms=sum(one.wall_ms for one in costs),
        cpu_ms=cpu_ms,
        cpu_hours_per_hour=round(cpu_ms / programme_ms, 3) if programme_ms else None,
        price=prices.text(price),
        price_per_hour=prices.text(price / hours) if hours else "",
    )


def _step(stage: str, costs: Sequence[StageCost]) -> StepEffort:
    return StepEffort(
        step=STEPS.get(stage, stage),
        results=len(costs),
        stage_ms=sum(one.wall_ms for one in costs),
        cpu_ms=sum(one.cpu_ms for one in costs),
        size_bytes=sum(one.size_bytes for one in costs),
    )


def _costs_of_others(log: RunLog, own: RunRecord) -> Iterator[StageCost]:
    if own.media_id:
        for record in log.of_title(own.media_id):
            if record.run_id != own.run_id:
                yield from _computed(record)


def _computed(record: RunRecord) -> Iterator[StageCost]:
    return (cost for cost in record.costs if not cost.cached)
