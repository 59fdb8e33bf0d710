"""The dispatcher of this process, wired together."""

from collections.abc import Mapping

from flows.artifacts.opening import store_for
from flows.dispatching.dispatcher import Dispatcher
from flows.dispatching.errors import StartRefusedError, WorkPutOffError
from flows.dispatching.inline import InlineStarter
from flows.dispatching.port import LOCALIZE, PUBLISH, REDO, Starter
from flows.dispatching.routing import RoutedStarter
from flows.dispatching.table import start_of
from flows.errors import UsageError
from flows.orchestration import environment
from flows.request import LocalizeRequest
from flows.review_wiring import existing_titles, open_outbox
from flows.runs.opening import run_log_for
from flows.runs.port import RunLog
from flows.runs.records import RunKind, RunState
from flows.settings import Settings
from flows.wanted import wanted_again
from review.outbox import Notice

_ENDED = frozenset({RunState.COMPLETED, RunState.PARTIAL})
_BUSY = "a title is being processed; what has changed is looked at again"


def open_dispatcher(settings: Settings, engine: str, *, publishes_here: bool = False) -> Dispatcher:
    """A dispatcher between the review database and an engine (`starter_for`).

    Args:
        settings: Of this process.
        engine: Who does the work.
        publishes_here: Whether approvals are published in this process, whatever the engine: that
            takes a moment, and a run of Prefect's ten seconds to begin.

    Raises:
        UsageError: Prefect is asked for and no server is named.
        ReviewDatabaseError: the review database does not answer.
    """
    starter, outbox = starter_for(settings, engine), open_outbox(settings)
    if publishes_here:
        starter = RoutedStarter(starter, {PUBLISH: inline_starter(settings)})
    titles, log, store = existing_titles(settings), run_log_for(settings), store_for(settings)
    if titles is None:
        raise AssertionError("the review database was made just now")

    def wanted(notice: Notice) -> LocalizeRequest | None:
        if is_answered(notice, log):
            return None
        return wanted_again(notice.media_id, log, titles, store)

    return Dispatcher(outbox, starter, lambda notices: start_of(notices, wanted))


def is_answered(notice: Notice, log: RunLog) -> bool:
    """Whether its title was run since, to the end: a run reads what is approved after it began."""
    last = log.latest(notice.media_id, {RunKind.TITLE})
    return last is not None and last.started_at >= notice.created_at and last.state in _ENDED


def starter_for(settings: Settings, engine: str) -> Starter:
    """``auto``: Prefect when a server is named, otherwise this process; or one of the two.

    Raises:
        UsageError: Prefect is asked for and no server is named: an embedded one would be gone
            before a worker could ask it for the runs.
    """
    if not environment.wants_prefect(engine):
        return inline_starter(settings)
    if not environment.has_api():
        raise UsageError("set PREFECT_API_URL to the server that is to run what is started")
    environment.prepare(settings.workspace)
    from flows.orchestration.starting import PrefectStarter  # noqa: PLC0415 - Prefect takes seconds

    return PrefectStarter()


def inline_starter(settings: Settings) -> InlineStarter:
    """Does all work in this process; loads what does it on use."""
    return InlineStarter(
        {
            PUBLISH: lambda parameters: _publish(settings, parameters),
            LOCALIZE: lambda parameters: _localize(settings, parameters),
            REDO: lambda parameters: _redo(settings, parameters),
        }
    )


def _publish(settings: Settings, parameters: Mapping[str, object]) -> None:
    from flows.publish_request import PublishRequest  # noqa: PLC0415
    from flows.publishing import publish_approved  # noqa: PLC0415

    request = PublishRequest.model_validate(parameters["request"])
    report = publish_approved(settings, limit=request.limit, task_id=request.task_id or None)
    if report.failed:
        raise WorkPutOffError(PUBLISH, report.summary())


def _localize(settings: Settings, parameters: Mapping[str, object]) -> None:
    from flows.inline import localize_inline  # noqa: PLC0415
    from flows.wiring import build_pipeline  # noqa: PLC0415

    request = LocalizeRequest.model_validate(parameters["request"])
    report = localize_inline(build_pipeline(settings, request), request, settings)
    if len(report.failed) == len(report.languages) - 1:
        failed = "; ".join(f"{one.language}: {one.error}" for one in report.failed)
        raise StartRefusedError(LOCALIZE, failed)


def _redo(settings: Settings, parameters: Mapping[str, object]) -> None:
    from flows.redoing import Redone, RedoRequest, redo_stale  # noqa: PLC0415

    report = redo_stale(settings, RedoRequest.model_validate(parameters["request"]))
    if report.of(Redone.BUSY):
        raise StartRefusedError(REDO, _BUSY)
