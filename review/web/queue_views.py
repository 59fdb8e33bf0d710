"""What the page of the queue shows: choices with their counts, rows, and why there is nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from review.access.roles import Reach
from review.queueing.filters import SOON, Due, Risk, Stage, Whose, risk_of
from review.queueing.port import Counts, Person, QueuePage, Standstill
from review.tasks import CLOSED, Priority, ReviewTask
from review.web.access_bodies import project_id_of, project_segment
from review.web.queue_fields import PRIORITIES, FilterFields
from review.web.views import STATE_NAMES, TaskView, task_view
from subtitles.language import language_name, parse_language

PRIORITY_NAMES: Mapping[Priority, str] = MappingProxyType(
    {one: name.capitalize() for name, one in PRIORITIES.items()}
)
WHOSE_NAMES: Mapping[Whose, str] = MappingProxyType(
    {
        Whose.FREE: "Free for me",
        Whose.HELD: "Held by me",
        Whose.ASSIGNED: "Kept for me",
        Whose.NOBODY: "Nobody’s yet",
    }
)
DUE_NAMES: Mapping[Due, str] = MappingProxyType(
    {
        Due.OVERDUE: "Overdue",
        Due.SOON: "Within a day",
        Due.WEEK: "Within a week",
        Due.NEVER: "No due date",
    }
)
RISK_NAMES: Mapping[Risk, str] = MappingProxyType(
    {Risk.HIGH: "High", Risk.MEDIUM: "Medium", Risk.LOW: "Low"}
)
NO_PROJECT = "No project"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One entry of a filter, with how many tasks it would show; None where that goes unsaid."""

    value: str
    name: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One filter of the form."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One task as a row shows it.

    Attributes:
        due: How far away that is.
        open_count: Cues that nobody has ticked off.
        kept_for: Who has it first; empty for nobody.
    """

    task: TaskView
    project: str
    due_at: datetime | None
    due: str
    is_overdue: bool
    is_soon: bool
    priority: Priority
    priority_name: str
    risk: Risk
    risk_percent: int
    open_count: int
    kept_for: str


def row_view(task: ReviewTask, reach: Reach, projects: Mapping[str, str], now: datetime) -> RowView:
    """A task as the person sees it at ``now``."""
    here = replace(reach.user, role=reach.role_for(task))
    is_open = task.state not in CLOSED
    return RowView(
        task=task_view(task, here, now),
        project=projects.get(task.project_id, ""),
        due_at=task.due_at,
        due="" if task.due_at is None else due_text(task.due_at, now),
        is_overdue=is_open and task.due_at is not None and task.due_at < now,
        is_soon=is_open and task.due_at is not None and now <= task.due_at < now + SOON,
        priority=task.priority,
        priority_name=PRIORITY_NAMES[task.priority],
        risk=risk_of(task.risk),
        risk_percent=round(100 * task.risk),
        open_count=task.cue_count - task.confirmed_count,
        kept_for=task.kept_for.user_name if task.kept_for else "",
    )


def due_text(due_at: datetime, now: datetime) -> str:
    """The day, and how far away it is."""
    days = abs(due_at - now) // _DAY
    amount = "less than a day" if not days else f"{days} day{'' if days == 1 else 's'}"
    return f"{amount} late" if due_at < now else f"in {amount}"


def filter_views(
    fields: FilterFields, counts: Counts, projects: Mapping[str, str]
) -> tuple[Filter, ...]:
    """The filters with what each choice would show."""
    chosen = fields.chosen
    return (
        Filter(name="state", label="State", choices=_states(counts, chosen.get("state", ""))),
        _filter("language", "Language", chosen, _languages(counts, fields)),
        _filter("project", "Project", chosen, _projects(counts, fields, projects)),
        _filter("whose", "Whose", chosen, _named(WHOSE_NAMES, counts.whose)),
        _filter(
            "priority",
            "Priority",
            chosen,
            [
                (name, PRIORITY_NAMES[one], counts.priorities.get(one, 0))
                for name, one in PRIORITIES.items()
            ],
        ),
        _filter("due", "Due", chosen, _named(DUE_NAMES, counts.dues)),
        _filter("risk", "Risk", chosen, _named(RISK_NAMES, counts.risks)),
    )


def _filter(
    name: str, label: str, chosen: Mapping[str, str], entries: Iterable[tuple[str, str, int]]
) -> Filter:
    wanted = chosen.get(name, "")
    choices = (
        Choice(value=value, name=shown, count=count, is_chosen=value == wanted)
        for value, shown, count in entries
    )
    first = Choice(value="", name="All", count=None, is_chosen=not wanted)
    return Filter(name=name, label=label, choices=(first, *choices))


def _states(counts: Counts, wanted: str) -> tuple[Choice, ...]:
    total = sum(counts.states.values())
    is_open = total - sum(counts.states.get(state, 0) for state in CLOSED)
    return (
        Choice(value="", name="Open", count=is_open, is_chosen=wanted in {"", Stage.OPEN}),
        Choice(value=Stage.ALL, name="All", count=total, is_chosen=wanted == Stage.ALL),
        *(
            Choice(
                value=state,
                name=name,
                count=counts.states.get(state, 0),
                is_chosen=wanted == state,
            )
            for state, name in STATE_NAMES.items()
        ),
    )


def _named(
    names: Mapping[Whose, str] | Mapping[Due, str] | Mapping[Risk, str],
    counts: Mapping[Whose, int] | Mapping[Due, int] | Mapping[Risk, int],
) -> list[tuple[str, str, int]]:
    counted = {str(value): count for value, count in counts.items()}
    return [(str(value), name, counted.get(value, 0)) for value, name in names.items()]


def _languages(counts: Counts, fields: FilterFields) -> list[tuple[str, str, int]]:
    wanted = {parse_language(fields.language)} if fields.language else set()
    tags = sorted({*counts.languages, *wanted}, key=language_name)
    return [
        # As it was asked for, so that it is the choice that is chosen.
        (
            fields.language if tag in wanted else tag,
            language_name(tag),
            counts.languages.get(tag, 0),
        )
        for tag in tags
    ]


def _projects(
    counts: Counts, fields: FilterFields, names: Mapping[str, str]
) -> list[tuple[str, str, int]]:
    wanted = {project_id_of(fields.project)} if fields.project else set()
    listed = sorted((names.get(one) or NO_PROJECT, one) for one in {*counts.projects, *wanted})
    return [(project_segment(one), name, counts.projects.get(one, 0)) for name, one in listed]


def why_empty(found: QueuePage, fields: FilterFields, reach: Reach) -> str:
    """Why the list has no rows; empty when it has some."""
    if found.total:
        return ""
    if not found.seen:
        return _why_nothing_seen(reach)
    if not fields.chosen:
        return "Nothing is open: every task is approved, published or cancelled."
    others = [
        f"{count} with another {label}"
        for label, count in _elsewhere(found.counts, fields)
        if count
    ]
    hidden = f" {', '.join(others).capitalize()}." if others else ""
    seen = "1 task is" if found.seen == 1 else f"{found.seen} tasks are"
    return f"No task matches all of these filters.{hidden} {seen} there in all."


def _why_nothing_seen(reach: Reach) -> str:
    is_guest = reach.user.role == "guest"
    if is_guest and not reach.memberships:
        return "No project is opened to you yet: ask an administrator for a membership."
    if is_guest:
        languages = sorted(
            {language_name(one.language) for one in reach.memberships if one.language}
        )
        where = f" (yours: {', '.join(languages)})" if languages else ""
        return f"There is no task in your projects and languages{where}."
    return (
        "No draft has been parked for review yet. "
        "A title appears here as soon as a run has made its subtitles."
    )


def _elsewhere(counts: Counts, fields: FilterFields) -> Iterable[tuple[str, int]]:
    """For each filter that asks for something how many tasks its other choices would show."""
    for name, counted in (
        ("state", counts.states),
        ("language", counts.languages),
        ("project", counts.projects),
        ("priority", counts.priorities),
        ("risk", counts.risks),
    ):
        values: Iterable[int] = counted.values()
        if name == "state" or name in fields.chosen:
            yield name, sum(values)


def why_nothing_free(stands: Standstill | None) -> str:
    """Why there are rows and yet nothing to take; empty when there is something."""
    if stands is None:
        return ""
    reasons = (
        (stands.held_count, "held by others", _people(stands.held_count, stands.holders)),
        (stands.mine_count, "held by you", ""),
        (stands.kept_count, "kept for others", _people(stands.kept_count, stands.keepers)),
        (stands.draft_count, "waiting for their transcript to be approved", ""),
        (stands.own_count, "submitted by you, which somebody else checks", ""),
        (stands.look_count, "that you may only look at", ""),
        (stands.closed_count, "approved, published or cancelled", ""),
    )
    told = [f"{count} {what}{who}" for count, what, who in reasons if count]
    return f"Nothing is free to take: {'; '.join(told)}."


def _people(count: int, people: Iterable[Person]) -> str:
    """Who, and until when: leases in UTC."""
    named = [
        f"{one.name}{'' if one.count == count else f' {one.count}'}"
        + ("" if one.until is None else f" until {one.until:%H:%M} UTC")
        for one in people
    ]
    more = count - sum(one.count for one in people)
    return f" ({', '.join([*named, *([f'{more} by more people'] if more else [])])})"
