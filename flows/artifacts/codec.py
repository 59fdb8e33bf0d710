"""Typed values to JSON bytes and back, checked strictly on the way in."""

from typing import Generic, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


class JsonCodec(Generic[T]):
    """Turns values of one type into JSON bytes and back.

    Reading checks types strictly and runs the value's own invariants; anything that does not fit
    raises a ValueError.
    """

    def __init__(self, value_type: type[T]) -> None:
        self._adapter = TypeAdapter(value_type)

    def encode(self, value: T) -> bytes:
        """JSON, UTF-8."""
        return self._adapter.dump_json(value)

    def decode(self, data: bytes) -> T:
        """The value, or a ValueError."""
        return self._adapter.validate_json(data, strict=True)
