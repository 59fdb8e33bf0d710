"""What ``polycue batch`` does: title after title here, or a run for each on Prefect."""

import asyncio
import sys
import time
import uuid
from dataclasses import dataclass

from pydantic import TypeAdapter
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.batch_report import BatchReport, TitleOutcome
from flows.batch_request import BatchRequest, catalogue_of
from flows.batching import Localize, localize_batch
from flows.catalogue.folders import media_files
from flows.catalogue.titles import Catalogue, of_media
from flows.catalogue.watching import Settling
from flows.cli.progress import terminal_progress
from flows.errors import UsageError
from flows.orchestration import environment
from flows.report import TitleReport
from flows.request import LocalizeRequest
from flows.runs.opening import run_log_for
from flows.runs.recording import NewRun, recorded
from flows.runs.records import RunKind, RunState
from flows.settings import Settings

_LOOK_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """How to run, as opposed to what."""

    engine: str
    watch: bool
    as_json: bool
    quiet: bool


def run_batch(request: BatchRequest, options: BatchOptions) -> int:
    """All titles; returns the exit code.

    Raises:
        CatalogueError: the folder or the manifest cannot be read.
        UsageError: a manifest is to be watched.
    """
    settings = Settings()
    if options.watch:
        return _watch(request, options, settings)
    report = _localized(catalogue_of(request), request, options, settings)
    print_batch(report, as_json=options.as_json)
    return report.exit_code


def _localized(
    catalogue: Catalogue, request: BatchRequest, options: BatchOptions, settings: Settings
) -> BatchReport:
    if environment.wants_prefect(options.engine):
        # Whoever watches a folder has to look for what comes next.
        return _on_prefect(catalogue, settings, wait=request.wait and not options.watch)
    return _here(catalogue, request, options, settings)


def _on_prefect(catalogue: Catalogue, settings: Settings, *, wait: bool) -> BatchReport:
    if not environment.has_api():
        raise UsageError(
            "a batch on Prefect needs a server with a worker: start one with `polycue up`, then "
            'eval "$(polycue system --env)"'
        )
    environment.prepare(settings.workspace)
    from flows.orchestration.batch import localize_on_prefect

    return asyncio.run(localize_on_prefect(catalogue, uuid.uuid4().hex, wait=wait))


def _here(
    catalogue: Catalogue, request: BatchRequest, options: BatchOptions, settings: Settings
) -> BatchReport:
    new = NewRun(
        kind=RunKind.BATCH,
        title=request.stem,
        source=str(request.source),
        request=request.model_dump_json(),
        device=settings.device,
        prices=settings.prices,
    )
    count = len(catalogue.titles)
    done = 0

    def told(one: TitleOutcome) -> None:
        nonlocal done
        done += 1
        if not options.as_json:
            sys.stderr.write(f"{done} of {count}: {one.media.name}: {one.end.value}\n")

    with recorded(run_log_for(settings), new) as run:
        report = localize_batch(catalogue, _one_title(options, settings), told)
        if report.exit_code:
            is_partial = len(report.not_well) < len(report.titles)
            run.ends_as(RunState.PARTIAL if is_partial else RunState.FAILED, report.summary())
    return report


def _one_title(options: BatchOptions, settings: Settings) -> Localize:
    from flows.inline import localize_inline
    from flows.wiring import build_pipeline

    def localize(request: LocalizeRequest) -> TitleReport:
        with terminal_progress(sys.stderr, quiet=options.quiet or options.as_json):
            return localize_inline(build_pipeline(settings, request), request, settings)

    return localize


def _watch(request: BatchRequest, options: BatchOptions, settings: Settings) -> int:
    """Take what comes, until somebody stops it."""
    if not request.source.is_dir():
        raise UsageError(f"{request.source} is no folder: only a folder can be watched")
    settling = Settling()
    while True:
        there = media_files(request.source, recursive=request.recursive)
        ready = settling.settled(there, time.monotonic())
        if ready:
            catalogue = of_media(ready, request.usual)
            report = _localized(catalogue, request, options, settings)
            print_batch(report, as_json=options.as_json)
        time.sleep(_LOOK_S)


def print_batch(report: BatchReport, *, as_json: bool) -> None:
    """A table of titles and what is wrong; or one JSON object."""
    if as_json:
        sys.stdout.write(TypeAdapter(BatchReport).dump_json(report, indent=2).decode() + "\n")
        return
    table = Table(box=SIMPLE_HEAD, padding=(0, 1))
    for heading in ("title", "end", "languages"):
        table.add_column(heading, overflow="fold")
    for one in report.titles:
        cells = (one.media.name, one.end.value, " ".join(one.languages))
        table.add_row(*map(escape, cells))
    console = Console()
    console.print(table)
    console.print(escape(report.summary()), highlight=False)
    for one in report.not_well:
        why = one.error or "; ".join(f"{language}: {error}" for language, error in one.failed)
        sys.stderr.write(f"polycue: {one.media.name}: {why}\n")
    for fault in report.faults:
        sys.stderr.write(f"polycue: {fault.where}: {fault.why}\n")
