"""The translation memory in the review database: what was approved here, and what was imported."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Engine, delete, func, insert, select
from sqlalchemy.orm import Session

from review.approved_units import Approval, units_of_approval
from review.sql.database import reading, writing
from review.sql.rows import find_cues
from review.sql.schema_memory import MemoryUnitRow
from review.sql.sentences import find_sentences
from review.sql.work import Work
from subtitles.language import LanguageTag, same_language
from translate.memory.port import MemoryHit
from translate.memory.unit_memory import PairKey, PairMemory, pair_key
from translate.memory.units import MemoryUnit
from translate.translator import LanguagePair

_IDS_AT_ONCE = 5_000
"""Ids looked for in one statement: SQLite takes at most 32,766 values."""

# Any number that no other program takes for its own advisory lock ("memo" in ASCII).
_IMPORT_LOCK = 0x6D656D6F


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryCount:
    """How much the memory holds for a pair of languages.

    Attributes:
        pair: As in the units.
        units: How many.
        titles: Out of how many titles and files.
    """

    pair: LanguagePair
    units: int
    titles: int


class SqlTranslationMemory:
    """Implements `translate.memory.port.TranslationMemory` on the review database.

    The units of a pair are read when it is first asked for and then kept: what is approved
    afterwards is known to the next object. Safe to share between threads.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pairs: dict[PairKey, PairMemory] = {}

    def hits(self, text: str, before: str, after: str, pair: LanguagePair) -> tuple[MemoryHit, ...]:
        """See the port."""
        key = pair_key(pair)
        if key not in self._pairs:
            self._pairs[key] = PairMemory(self.units(source=pair.source, target=pair.target))
        return self._pairs[key].hits(text, before, after)

    def units(
        self,
        *,
        source: LanguageTag | None = None,
        target: LanguageTag | None = None,
        title: str = "",
    ) -> tuple[MemoryUnit, ...]:
        """Units by language and title, always in the same order.

        Args:
            source: Only of this language, whatever its region; all when None.
            target: Only of this very tag; all when None.
            title: Only of this title; all when empty.
        """
        listed = select(MemoryUnitRow).order_by(
            MemoryUnitRow.language, MemoryUnitRow.title, MemoryUnitRow.unit_id
        )
        if target is not None:
            listed = listed.where(MemoryUnitRow.language == target)
        if title:
            listed = listed.where(MemoryUnitRow.title == title)
        with reading(self._engine) as session:
            return tuple(
                _unit_of(row)
                for row in session.scalars(listed)
                if source is None or same_language(LanguageTag(row.source_language), source)
            )

    def add(self, units: Iterable[MemoryUnit]) -> int:
        """Keep units out of a file; returns how many were not there yet.

        They belong to no task, whatever they say: a task's own units go with its approval. One
        that a task here has already is left to it.
        """
        with writing(self._engine) as session:
            # Two imports at once on PostgreSQL wait for each other.
            if session.get_bind().dialect.name == "postgresql":
                session.execute(select(func.pg_advisory_xact_lock(_IMPORT_LOCK)))
            named = {unit.unit_id: unit for unit in units}
            free = (replace(unit, task_id="") for unit in _unknown(session, named).values())
            fresh = _unknown(session, {unit.unit_id: unit for unit in free})
            _insert(session, fresh.values())
            return len(fresh)

    def counts(self) -> tuple[MemoryCount, ...]:
        """How much there is for each pair, in the order of the tags."""
        pair = (MemoryUnitRow.source_language, MemoryUnitRow.language)
        listed = select(*pair, func.count(), func.count(MemoryUnitRow.title.distinct()))
        with reading(self._engine) as session:
            return tuple(
                MemoryCount(
                    pair=LanguagePair(LanguageTag(source), LanguageTag(target)),
                    units=units,
                    titles=titles,
                )
                for source, target, units, titles in session.execute(
                    listed.group_by(*pair).order_by(*pair)
                )
            )


def remember_approval(work: Work) -> None:
    """Put the text of a task into the memory, in the place of what it put there before."""
    task = work.task
    approval = Approval(
        task_id=task.task_id,
        title=task.title,
        pair=LanguagePair(LanguageTag(task.source_language), LanguageTag(task.language)),
        role=work.person.role,
        at=work.now,
    )
    cues = find_cues(work.session, task.task_id)
    units = units_of_approval(approval, cues, find_sentences(work.session, task.task_id))
    work.session.execute(delete(MemoryUnitRow).where(MemoryUnitRow.task_id == task.task_id))
    _insert(work.session, units)


def _unknown(session: Session, units: Mapping[str, MemoryUnit]) -> dict[str, MemoryUnit]:
    """Those whose ids are not in the memory."""
    ids = list(units)
    known: set[str] = set()
    for start in range(0, len(ids), _IDS_AT_ONCE):
        some = MemoryUnitRow.unit_id.in_(ids[start : start + _IDS_AT_ONCE])
        known.update(session.scalars(select(MemoryUnitRow.unit_id).where(some)))
    return {unit_id: unit for unit_id, unit in units.items() if unit_id not in known}


def _insert(session: Session, units: Iterable[MemoryUnit]) -> None:
    values = [
        {
            "unit_id": unit.unit_id,
            "task_id": unit.task_id or None,
            "source_language": unit.pair.source,
            "language": unit.pair.target,
            "source_text": unit.source_text,
            "text": unit.text,
            "said_before": unit.before,
            "said_after": unit.after,
            "title": unit.title,
            "role": unit.role,
            "approved_at": unit.approved_at,
        }
        for unit in units
    ]
    if values:
        session.execute(insert(MemoryUnitRow), values)


def _unit_of(row: MemoryUnitRow) -> MemoryUnit:
    return MemoryUnit(
        pair=LanguagePair(LanguageTag(row.source_language), LanguageTag(row.language)),
        source_text=row.source_text,
        text=row.text,
        before=row.said_before,
        after=row.said_after,
        title=row.title,
        task_id=row.task_id or "",
        role=row.role,
        approved_at=row.approved_at,
    )
