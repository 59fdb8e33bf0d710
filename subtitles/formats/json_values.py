"""Frozen dataclasses out of plain JSON values, strictly: no conversion, nothing left over."""

import types
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from subtitles.errors import PolycueError

T = TypeVar("T")


class WrongValueError(ValueError):
    """A JSON value that is not what belongs there; ``where`` is such as ``cues[3].span``."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(where, what)
        self.where, self.what = where, what

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def built(kind: type[T], value: object, where: str) -> T:
    """The value as ``kind``: a dataclass, tuple, enumeration, optional, text or number.

    Raises:
        WrongValueError: anything else stands there, a field is missing or unknown, or the values
            break a rule of the dataclass.
    """
    return cast(T, _built(kind, value, where))


def _built(kind: Any, value: object, where: str) -> object:  # noqa: ANN401 - any type annotation
    kind = getattr(kind, "__supertype__", kind)
    if get_origin(kind) in {Union, types.UnionType}:
        (inner,) = (one for one in get_args(kind) if one is not types.NoneType)
        return None if value is None else _built(inner, value, where)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), value, where)
    if is_dataclass(kind):
        return _dataclass(kind, value, where)
    if issubclass(kind, Enum):
        if value not in {member.value for member in kind}:
            raise _wrong(where, f"one of {', '.join(str(one.value) for one in kind)}", value)
        return kind(value)
    if type(value) is not kind and not (kind is float and type(value) is int):
        raise _wrong(where, kind.__name__, value)
    return value


def _tuple(kinds: tuple[Any, ...], value: object, where: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise _wrong(where, "a list", value)
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    if len(kinds) != len(value):
        raise _wrong(where, f"{len(kinds)} values", value)
    pairs = enumerate(zip(kinds, value, strict=True))
    return tuple(_built(kind, one, f"{where}[{number}]") for number, (kind, one) in pairs)


def _dataclass(kind: Any, value: object, where: str) -> object:  # noqa: ANN401 - a dataclass type
    if not isinstance(value, dict):
        raise _wrong(where, "an object", value)
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}
    unknown = sorted(set(value) - set(known))
    if unknown:
        raise WrongValueError(where, f"unknown field {unknown[0][:30]!r}")
    for name, field in known.items():
        if name not in value and field.default is MISSING and field.default_factory is MISSING:
            raise WrongValueError(where, f"{name} is missing")
    inside = {name: _built(hints[name], one, f"{where}.{name}") for name, one in value.items()}
    try:
        return kind(**inside)
    except PolycueError as error:
        raise WrongValueError(where, str(error)) from error


def _wrong(where: str, expected: str, value: object) -> WrongValueError:
    return WrongValueError(where, f"expected {expected}, found {str(value)[:30]!r}")
