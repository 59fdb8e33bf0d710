"""Requests into the run log and out of it."""

from flows.request import LocalizeRequest, TargetsRequest, TranslateRequest
from flows.runs.recording import NewRun
from flows.runs.records import RunKind, RunRecord
from flows.settings import Settings


def run_of(
    request: TargetsRequest, settings: Settings, *, kind: RunKind, flow_run_id: str = ""
) -> NewRun:
    """A run about to begin, of what is asked for."""
    return NewRun(
        kind=kind,
        title=request.stem,
        source=str(request.source_file.absolute()),
        request=_as_json(request),
        flow_run_id=flow_run_id,
        device=settings.device,
        prices=settings.prices,
    )


def _as_json(request: TargetsRequest) -> str:
    """The request; empty when a path in it is no text, so that no JSON can hold it."""
    try:
        return request.model_dump_json()
    except ValueError:
        return ""


def request_of(record: RunRecord) -> LocalizeRequest | TranslateRequest:
    """What the run was asked for, to be asked again.

    Raises:
        ValueError: it holds no request, or one of another version of this program.
    """
    model = TranslateRequest if record.kind == RunKind.FILE else LocalizeRequest
    return model.model_validate_json(record.request)
