"""The shape of a models.toml; pydantic here, values everywhere else."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from flows.models.entries import ModelTier
from subtitles.errors import LanguageError
from subtitles.language import LanguageTag, parse_language


def _canonical(text: str) -> LanguageTag:
    try:
        tag = parse_language(text)
    except LanguageError as error:
        raise ValueError(str(error)) from error
    if tag != text:
        message = f"write {text!r} as {tag!r}"
        raise ValueError(message)
    return tag


def _plain_name(text: str) -> str:
    # It becomes a file name and a pattern for the hub, so that only harmless characters pass.
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", text):
        message = f"{text!r} is no plain file name"
        raise ValueError(message)
    return text


def _inner_path(text: str) -> str:
    if text.startswith("/") or "\\" in text or {"", ".", ".."} & set(text.split("/")):
        message = f"{text!r} leads out of the wheel"
        raise ValueError(message)
    return text


Tag = Annotated[str, AfterValidator(_canonical)]
PlainName = Annotated[str, AfterValidator(_plain_name)]
InnerPath = Annotated[str, AfterValidator(_inner_path)]
Commit = Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class FileRow(_Strict):
    """``[[model.file]]``."""

    name: PlainName
    size_bytes: int | None = Field(default=None, gt=0)
    sha256: Digest | None = None
    wheel_paths: list[InnerPath] = Field(default_factory=list)


class WheelRow(_Strict):
    """``[[model.source]]`` of kind wheel."""

    kind: Literal["wheel"]
    distributions: list[
        Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9][A-Za-z0-9.]*$")]
    ] = Field(min_length=1)
    in_place: bool = False
    holds_engine: bool = False


class HubRow(_Strict):
    """``[[model.source]]`` of kind hub."""

    kind: Literal["hub"]
    repository: str = Field(pattern=r"^[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*$")
    revision: Commit | None = None


class ModelRow(_Strict):
    """``[[model]]``; see `flows.models.entries.ModelEntry` for what each key means."""

    name: PlainName
    engine: Literal["faster-whisper", "voice-embedding", "firefox", "ctranslate2"]
    tiers: list[Annotated[ModelTier, Field(strict=False)]] = Field(min_length=1)
    language_group: str | None = None
    languages: list[Tag] = Field(default_factory=list)
    not_languages: list[Tag] = Field(default_factory=list)
    pairs: list[Annotated[list[Tag], Field(min_length=2, max_length=2)]] = Field(
        default_factory=list
    )
    licence: str = Field(min_length=1)
    commercial_use: bool
    attribution: str = Field(min_length=1)
    substitutes: list[str] = Field(default_factory=list)
    about_bytes: int | None = Field(default=None, gt=0)
    source: list[Annotated[WheelRow | HubRow, Field(discriminator="kind")]] = Field(min_length=1)
    file: list[FileRow] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> "ModelRow":
        problem = self._problem()
        if problem:
            raise ValueError(problem)
        return self

    def _problem(self) -> str | None:
        names = [file.name for file in self.file]
        in_wheels = [bool(file.wheel_paths) for file in self.file]
        has_languages = bool(self.languages or self.language_group)
        is_of_voices = self.engine == "voice-embedding"
        wheels = any(isinstance(source, WheelRow) for source in self.source)
        checks = {
            "a file is listed twice": len(set(names)) < len(names),
            "give either languages or pairs": has_languages == bool(self.pairs)
            and not is_of_voices,
            "voices have neither languages nor pairs": is_of_voices
            and (has_languages or bool(self.pairs)),
            "a wheel source needs wheel_paths for every file": wheels and not all(in_wheels),
            "wheel_paths without a wheel source": any(in_wheels) and not wheels,
            "files from a wheel need sha256 and size_bytes": wheels
            and any(file.sha256 is None or file.size_bytes is None for file in self.file),
        }
        return next((problem for problem, holds in checks.items() if holds), None)


class RegistryFile(_Strict):
    """A whole models.toml."""

    # Read as `schema` in the file; BaseModel has a method of that name.
    schema_version: Literal[1] = Field(alias="schema")
    language_groups: dict[str, list[Tag]] = Field(default_factory=dict)
    model: list[ModelRow] = Field(min_length=1)
