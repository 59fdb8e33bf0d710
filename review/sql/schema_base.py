"""What all tables of the review database have in common: names of constraints, kinds of columns."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass
from sqlalchemy.types import TypeDecorator, TypeEngine

from review.tasks import CueState, Role, TaskState
from subtitles.findings import Severity


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time on every database; SQLite, which keeps no zone, holds it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; ValueError for a naive time, whose meaning nobody knows."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Back as an aware UTC time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def _words(kind: type[CueState | Role | Severity | TaskState]) -> Enum:
    """An enumeration kept as its values in a text column: readable, and easy to extend."""
    return Enum(
        kind,
        native_enum=False,
        length=24,
        values_callable=lambda members: [member.value for member in members],
    )


SERIAL = BigInteger().with_variant(Integer, "sqlite")
"""A counter that SQLite fills in by itself (only INTEGER PRIMARY KEY does) and that never ends."""


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """Root of all rows; every constraint has a derived name, so that migrations can drop it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, TypeEngine[Any]]] = {
        str: Text(),
        datetime: UtcDateTime(),
        TaskState: _words(TaskState),
        CueState: _words(CueState),
        Role: _words(Role),
        Severity: _words(Severity),
    }
