"""What ``polycue run`` does: choose the engine, listen to progress, print the outcome."""

import sys
from dataclasses import dataclass
from typing import cast

from flows.cli.outcome import exit_code_of, print_outcome, print_plan
from flows.cli.progress import terminal_progress
from flows.orchestration import environment
from flows.plan import plan_title
from flows.report import TitleReport
from flows.request import LocalizeRequest
from flows.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How to run, as opposed to what."""

    engine: str
    dry_run: bool
    as_json: bool
    quiet: bool


def run_title(request: LocalizeRequest, options: RunOptions) -> int:
    """Run (or only plan) one title; returns the exit code.

    Raises:
        PolycueError: what concerns the whole title.
    """
    settings = Settings()
    with terminal_progress(sys.stderr, quiet=options.quiet or options.as_json):
        if options.dry_run:
            print_plan(plan_title(request, settings), as_json=options.as_json)
            return 0
        report = _run(request, settings, options.engine)
    print_outcome(report, as_json=options.as_json)
    return exit_code_of(report)


def _run(request: LocalizeRequest, settings: Settings, engine: str) -> TitleReport:
    if not environment.wants_prefect(engine):
        from flows.inline import localize_inline
        from flows.wiring import build_pipeline

        return localize_inline(build_pipeline(settings, request), request, settings)
    environment.prepare(settings.workspace)
    from flows.orchestration.localize import localize_title

    # A flow may end in a State of its own; Prefect then gives the State's data to the caller.
    return cast(TitleReport, localize_title(request))
