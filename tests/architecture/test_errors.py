"""Every error of the tree crosses a process border unchanged and is one line."""

import dataclasses
import importlib
import inspect
import pickle
import pkgutil
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import pytest

from subtitles.errors import PolycueError

PACKAGES = ("subtitles", "asr", "translate", "review", "flows")


def error_types():
    for name in PACKAGES:
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if found.name.rpartition(".")[2] == "errors" or name == "subtitles":
                module = importlib.import_module(found.name)
                yield from (
                    value
                    for value in vars(module).values()
                    if inspect.isclass(value)
                    and issubclass(value, PolycueError)
                    and value.__module__ == module.__name__
                )


SIMPLE = {int: 3, float: 0.5, str: "text", bool: True, Path: Path("film.mp4")}


def example(wanted):
    """A value of a type: simple, optional, tuple or dataclass, all the way down."""
    wanted = getattr(wanted, "__supertype__", wanted)
    if wanted in SIMPLE:
        return SIMPLE[wanted]
    if get_origin(wanted) is tuple:
        return tuple(example(part) for part in get_args(wanted) if part is not Ellipsis)
    if dataclasses.is_dataclass(wanted):
        hints = get_type_hints(wanted)
        return wanted(
            **{field.name: example(hints[field.name]) for field in dataclasses.fields(wanted)}
        )
    return example(get_args(wanted)[0])


def example_arguments(error_type):
    if error_type.__init__ is Exception.__init__:
        return []
    hints = get_type_hints(error_type.__init__)
    return [example(hint) for name, hint in hints.items() if name != "return"]


@pytest.mark.parametrize("error_type", sorted(set(error_types()), key=lambda one: one.__name__))
def test_an_error_survives_pickling_and_speaks_in_one_line(error_type):
    error = error_type(*example_arguments(error_type))
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is error_type
    assert again.args == error.args
    assert str(again) == str(error)
    assert "\n" not in str(error)
    assert error_type.exit_code in {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
