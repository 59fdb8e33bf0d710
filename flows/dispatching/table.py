"""Which notice starts what: one table, pure."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

from flows.dispatching.port import LOCALIZE, PUBLISH, REDO, Start
from flows.request import LocalizeRequest
from review.outbox import Notice, NoticeKind

LANES = (
    (NoticeKind.TASK_APPROVED,),
    (NoticeKind.SOURCE_APPROVED, NoticeKind.GLOSSARY_CHANGED),
)
"""What is acted on, in this order. Lanes go side by side: a publication, which takes a moment and
which people wait for, never stands behind a translation."""

TICKED_BY_ITS_WORK = frozenset({NoticeKind.TASK_APPROVED})
"""The kinds whose notices are ticked off by the work itself, once it is done: an approval is not
lost when a run that was accepted fails or is thrown away."""

LOOKED_AT_AGAIN = frozenset({NoticeKind.TASK_APPROVED, NoticeKind.SOURCE_APPROVED})
"""The kinds of which an accepted run is not enough: it may find the title in other hands, or be
killed. They come back, and start nothing more once what they ask for is seen to be done."""

RequestOf = Callable[[Notice], LocalizeRequest | None]
"""What is wanted of the title of an approved transcript; None where no run of a film is known, and
once a run that began after the approval has come to its end."""


def start_of(notices: Sequence[Notice], request_of: RequestOf) -> Start | None:
    """What notices that belong together (`together`) start; None for nothing.

    Raises:
        AssertionError: for a kind that no lane has.
    """
    newest = notices[-1]
    match newest.kind:
        case NoticeKind.TASK_APPROVED:
            # One by its name, so that people see what is published; several as all that waits.
            is_one = len({notice.task_id for notice in notices}) == 1
            return _start(newest, PUBLISH, {"task_id": newest.task_id} if is_one else {})
        case NoticeKind.SOURCE_APPROVED:
            wanted = request_of(newest)
            if wanted is None or not wanted.targets:
                return None
            return _start(newest, LOCALIZE, wanted.model_dump(mode="json"))
        case NoticeKind.GLOSSARY_CHANGED:
            of_project = {"project_id": newest.project_id, "reason": newest.kind.value}
            return _start(newest, REDO, of_project)
        case _:
            raise AssertionError(f"nothing is started by {newest.kind}")


def together(notices: Sequence[Notice]) -> tuple[tuple[Notice, ...], ...]:
    """Notices of one kind, those together that one piece of work answers, oldest first.

    Work reads what holds when it begins: that for the newest notice about a title or a project
    answers the earlier ones, too. Approvals are published together, since a run costs far more
    than a publication.
    """
    found: dict[str, list[Notice]] = {}
    for notice in notices:
        # An approval is neither of a project nor, here, of a medium.
        of_title = notice.media_id if notice.kind is NoticeKind.SOURCE_APPROVED else ""
        found.setdefault(of_title or notice.project_id, []).append(notice)
    return tuple(tuple(group) for group in found.values())


def _start(notice: Notice, deployment: str, request: Mapping[str, object]) -> Start:
    """The key is of what happened, and when: numbers alone begin anew with another database.

    It stays the same until the work is accepted, so that a start of which nobody knows whether it
    was heard may be tried again.
    """
    what = (
        notice.task_id,
        notice.project_id,
        notice.snapshot_sha256,
        notice.created_at.isoformat(),
        str(notice.notice_id),
    )
    digest = hashlib.sha256("\x1f".join(what).encode()).hexdigest()[:32]
    return Start(
        deployment=deployment,
        parameters={"request": request},
        idempotency_key=f"{notice.kind.value}:{digest}:{notice.starts}",
    )
