"""Pins: which commit of a hub model is used here, and what its files were when first pulled.

``pins.toml`` lies beside the cached models. A person writes a commit into it (or lets ``polycue
models pin`` do so); the first pull adds the SHA-256 of each file. From then on these digests are
required: trust on first use, for models whose digests the registry does not know.

    [models."opus-mt-en-de"]
    revision = "0123456789012345678901234567890123456789"

    [models."opus-mt-en-de".sha256]
    "model.bin" = "…"

A pin wins over the registry's own commit; the registry's digests then no longer apply.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.files import write_atomically
from flows.models.errors import BadCommitError, MalformedPinsError

_HEADER = "# Written by polycue: commits and first-seen digests of hub models.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """The commit in use, and the digest of each file as first pulled (empty before that)."""

    commit: str
    digests: Mapping[str, str] = field(default_factory=dict)


class _PinRow(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    revision: str = Field(pattern=r"^[0-9a-f]{40}$")
    sha256: dict[str, Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]] = Field(
        default_factory=dict
    )


class _PinFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    models: dict[str, _PinRow] = Field(default_factory=dict)


def pins_path(cache_dir: Path) -> Path:
    """Where the pins of a cache are kept."""
    return cache_dir / "pins.toml"


def read_pins(cache_dir: Path) -> dict[str, Pin]:
    """Every pin by model name; none when there is no file.

    Raises:
        MalformedPinsError: a file that cannot be read as pins.
    """
    path = pins_path(cache_dir)
    try:
        rows = _PinFile.model_validate(tomllib.loads(path.read_text("utf-8"))).models
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MalformedPinsError(str(path), str(error)) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise MalformedPinsError(str(path), f"{where}: {first['msg']}") from error
    return {name: Pin(commit=row.revision, digests=row.sha256) for name, row in rows.items()}


def write_pin(cache_dir: Path, name: str, pin: Pin) -> None:
    """Set one pin and keep the others; the caller holds the lock of the pins.

    Raises:
        MalformedPinsError: the file that is there cannot be read.
        CannotWriteError: the folder cannot be written.
    """
    pins = read_pins(cache_dir) | {name: pin}
    text = _HEADER + "".join(_section(one, pins[one]) for one in sorted(pins))
    write_atomically(pins_path(cache_dir), text.encode())


def checked_commit(name: str, commit: str) -> str:
    """The commit in lower case.

    Raises:
        BadCommitError: anything but 40 hexadecimal digits.
    """
    lowered = commit.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{40}", lowered):
        raise BadCommitError(name, commit)
    return lowered


def _section(name: str, pin: Pin) -> str:
    # A JSON string is a TOML basic string.
    key = f"models.{json.dumps(name)}"
    lines = ["", f"[{key}]", f"revision = {json.dumps(pin.commit)}"]
    if pin.digests:
        lines += ["", f"[{key}.sha256]"]
        lines += [f"{json.dumps(file)} = {json.dumps(pin.digests[file])}" for file in pin.digests]
    return "\n".join(lines) + "\n"
