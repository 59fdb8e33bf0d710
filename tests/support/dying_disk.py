"""A file system that dies, or refuses, at the n-th thing it is asked to change."""

import os
from contextlib import contextmanager, suppress

import pytest

CHANGES = ("fsync", "link", "mkdir", "replace", "rmdir", "unlink")


class Killed(BaseException):
    """What happens instead of everything that a killed process would have done."""


@contextmanager
def dying_at(step):
    """From the n-th change on nothing happens any more; the list tells what was asked for."""
    with _patched(step, _die) as asked:
        yield asked


@contextmanager
def refusing_at(step, number, *, for_ever=False):
    """The n-th change (and, if so wanted, all later ones) ends in an error of the system."""

    def refuse(_name, _arguments):
        raise OSError(number, os.strerror(number))

    with _patched(step, refuse, for_ever=for_ever) as asked:
        yield asked


def _die(name, arguments):
    if name == "fsync" and os.fstat(arguments[0]).st_size:
        with suppress(OSError):  # a folder
            os.ftruncate(arguments[0], os.fstat(arguments[0]).st_size // 2)  # half a file
    raise Killed(name)


@contextmanager
def _patched(step, fail, *, for_ever=True):
    asked = []

    def watched(name, real):
        def change(*arguments, **options):
            asked.append(name)
            if len(asked) > step if for_ever else len(asked) == step + 1:
                fail(name, arguments)
            return real(*arguments, **options)

        return change

    with pytest.MonkeyPatch.context() as patch:
        for name in CHANGES:
            patch.setattr(os, name, watched(name, getattr(os, name)))
        yield asked
