"""How addresses and forms name filters, pages and plans of the queue: pydantic, at this edge."""

from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Annotated, Literal, Self
from urllib.parse import parse_qsl, urlencode

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from review.errors import InvalidEditError
from review.queueing.filters import MAX_TITLE_CHARS, Due, Filters, Risk, Stage, Whose
from review.queueing.port import KEEP, MAX_PLANNED, Cursor, Plan, Planned
from review.tasks import Priority, TaskState
from review.web.access_bodies import project_id_of
from review.web.bodies import Form, StrictBody
from subtitles.language import parse_language

PriorityName = Literal["low", "normal", "high", "urgent"]
PRIORITIES = MappingProxyType({one.name.lower(): one for one in reversed(Priority)})

NOBODY = "-"
"""What the form of plans sends for nobody; no person has that id."""

_MAX_BACK_CHARS = 2000
_MAX_ID_CHARS = 100
_END_OF_DAY = time(23, 59, tzinfo=UTC)


def _nothing(value: object) -> object:
    """What a form sends for a choice that was not made."""
    return None if value == "" else value


Optional = BeforeValidator(_nothing)


class FilterFields(BaseModel):
    """Which tasks are wanted; what is empty or left out asks for nothing, the state for open ones.

    ``project`` is its id, ``-`` for the titles that are in none; ``title`` a part of the title.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    state: Annotated[TaskState | Stage | None, Optional] = None
    language: str = Field(default="", max_length=40)
    project: str = Field(default="", max_length=_MAX_ID_CHARS)
    whose: Annotated[Whose | None, Optional] = None
    priority: Annotated[PriorityName | None, Optional] = None
    due: Annotated[Due | None, Optional] = None
    risk: Annotated[Risk | None, Optional] = None
    title: str = Field(default="", max_length=MAX_TITLE_CHARS)

    @property
    def filters(self) -> Filters:
        """As the port has them; UnknownLanguageError for what is no language."""
        return Filters(
            state=self.state or Stage.OPEN,
            language=parse_language(self.language) if self.language else None,
            project_id=project_id_of(self.project) if self.project else None,
            whose=self.whose,
            priority=PRIORITIES[self.priority] if self.priority else None,
            due=self.due,
            risk=self.risk,
            title=self.title.strip(),
        )

    @property
    def chosen(self) -> dict[str, str]:
        """Those that ask for something, as an address has them."""
        named = {name: getattr(self, name) for name in FilterFields.model_fields}
        return {name: str(value) for name, value in named.items() if value}


class PageFields(FilterFields):
    """A page of these: what comes after a place, or before it."""

    after: str = Field(default="", max_length=_MAX_ID_CHARS)
    before: str = Field(default="", max_length=_MAX_ID_CHARS)

    @property
    def cursor(self) -> Cursor | None:
        """As the port has it."""
        if self.before:
            return Cursor(place=self.before, backwards=True)
        return Cursor(place=self.after) if self.after else None

    @classmethod
    def of(cls, query: str) -> Self:
        """What an address says; InvalidEditError for what no page of ours says."""
        try:
            return cls.model_validate(dict(parse_qsl(query)))
        except ValueError as error:
            raise InvalidEditError("no such page of the queue: load it again") from error

    def turned_to(self, cursor: Cursor | None) -> str:
        """The query of another page of the same tasks."""
        place = {"before" if cursor.backwards else "after": cursor.place} if cursor else {}
        return urlencode({**self.chosen, **place})


class PlanForm(Form):
    """A plan for tasks that were ticked, or (``every``) for all that match; empty leaves as it is.

    ``query`` says which page of the queue it was.
    """

    task: tuple[str, ...] = Field(default=(), max_length=MAX_PLANNED)
    every: bool = False
    set_assignee: str = Field(default="", max_length=_MAX_ID_CHARS)
    set_due: Annotated[date | None, Optional] = None
    no_due: bool = False
    set_priority: Annotated[PriorityName | None, Optional] = None
    query: str = Field(default="", max_length=_MAX_BACK_CHARS)

    @property
    def plan(self) -> Plan:
        """As the port has it; a day ends with its last minute, UTC."""
        assignee = None if self.set_assignee == NOBODY else self.set_assignee
        due = None if self.set_due is None else datetime.combine(self.set_due, _END_OF_DAY)
        return Plan(
            assigned_to=KEEP if self.set_assignee == "" else assignee,
            due_at=due if due is not None or self.no_due else KEEP,
            priority=PRIORITIES[self.set_priority] if self.set_priority else KEEP,
        )


class PlanBody(StrictBody):
    """A plan for some tasks; what is left out stays as it is, null takes it away."""

    task_ids: tuple[str, ...] = Field(max_length=MAX_PLANNED)
    assigned_to: str | None = Field(default=None, max_length=_MAX_ID_CHARS)
    due_at: AwareDatetime | None = None
    priority: PriorityName | None = None

    @property
    def plan(self) -> Plan:
        """As the port has it."""
        said = self.model_fields_set
        return Plan(
            assigned_to=self.assigned_to if "assigned_to" in said else KEEP,
            due_at=self.due_at if "due_at" in said else KEEP,
            priority=KEEP if self.priority is None else PRIORITIES[self.priority],
        )


class RefusedAnswer(BaseModel):
    """A task that was left as it was, and why."""

    task_id: str
    title: str
    why: str


class PlannedAnswer(BaseModel):
    """What came of a plan: the tasks that changed, how many were so already, and the others."""

    changed: tuple[str, ...]
    same_count: int
    refused: tuple[RefusedAnswer, ...]


def planned_answer(planned: Planned) -> PlannedAnswer:
    """What came of a plan as scripts read it."""
    return PlannedAnswer.model_validate(planned, from_attributes=True)
