"""The Prefect flow of maintenance: every hour; a thin wrapper around `flows.maintaining`."""

from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows.maintaining import MaintainRequest
from flows.maintaining import maintain as maintained
from flows.maintenance_text import lines_of
from flows.orchestration.run_logger import logged_to_run
from flows.settings import Settings

# A first backup or collection of a large workspace; longer means that something hangs.
_LIMIT_S = 3_600

_AS_USUAL = MaintainRequest()


@flow(name="maintain", flow_run_name="maintain", timeout_seconds=_LIMIT_S, persist_result=False)
def maintain(request: MaintainRequest = _AS_USUAL) -> Any:  # noqa: ANN401 - a report, or a State
    """Forgotten leases, backup, results that nothing needs; gives the `MaintenanceReport`.

    What is due once a day is done once a day. Ends in a state named ``Partial`` when a chore
    failed and others were done, and fails when nothing could be.
    """
    settings = Settings()
    with logged_to_run(settings):
        report = maintained(request, settings, flow_run_id=str(flow_run.id or ""))
    told = [*lines_of(report), *report.warnings]
    told += [f"FAILED {chore}: {why}" for chore, why in report.failures]
    create_markdown_artifact(
        "\n".join(f"- {line}" for line in told), key="maintenance", description="What was done"
    )
    if not report.failures:
        return report
    what = "; ".join(f"{chore}: {why}" for chore, why in report.failures)
    done = report.backup or report.tidied or report.collected
    return Completed(name="Partial", message=what, data=report) if done else Failed(message=what)
