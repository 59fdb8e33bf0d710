"""What languages became, told to the run they are made in."""

from flows.report import LanguageReport
from flows.runs.recording import current_run, storable
from flows.runs.records import LanguageRun


def told(one: LanguageReport) -> LanguageReport:
    """The same report, once the run at hand knows of it."""
    run = current_run.get()
    if run is not None:
        run.language(
            LanguageRun(
                language=one.language,
                cached=one.cached,
                error=one.error or "",
                task_id=one.task_id or "",
                folder=storable(str(one.files[0].parent)) if one.files else "",
            )
        )
    return one
