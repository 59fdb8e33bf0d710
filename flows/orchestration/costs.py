"""What a run took, as a table among Prefect's artifacts."""

import logging

from prefect.artifacts import create_table_artifact

from flows.observing.effort import effort_so_far
from flows.quality_table import slug
from flows.runs.recording import RunRecorder

logger = logging.getLogger(__name__)


def create_cost_artifact(run: RunRecorder) -> None:
    """Put what the title took so far beside its quality table; a refusal is a log line."""
    effort = effort_so_far(run)
    if effort is None or not effort.steps:
        return
    rows: list[dict[str, object]] = [
        {
            "step": step.step,
            "results": step.results,
            "time (s)": step.stage_ms / 1000,
            "processor (s)": step.cpu_ms / 1000,
            "stored (kB)": step.size_bytes / 1000,
        }
        for step in effort.steps
    ]
    said = [f"{effort.cpu_ms / 1000:.1f} s of processor time so far"]
    if effort.cpu_hours_per_hour is not None:
        said.append(f"{effort.cpu_hours_per_hour} hours for an hour of programme")
    said += [effort.price] if effort.price else []
    try:
        create_table_artifact(
            rows, key=f"cost-{slug(run.record.title)}", description="; ".join(said)
        )
    except Exception as error:  # noqa: BLE001 - whatever a server may answer
        logger.warning("Prefect takes no table of costs: %s", error)
