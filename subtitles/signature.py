"""Who made a machine result, exactly enough to make it again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSignature:
    """Engine, version, model, model revision and options; equal signatures promise equal output.

    Attributes:
        engine: Name of the software, such as ``faster-whisper``.
        engine_version: Its version.
        model: Name of the model as in the registry, ``-`` when the engine has none.
        model_revision: Digest or commit of the model, never a moving name such as ``main``.
        options: Every option that can change the output, sorted by name.
    """

    engine: str
    engine_version: str
    model: str = "-"
    model_revision: str = "-"
    options: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        options = "".join(f"|{name}:{value}" for name, value in self.options)
        return (
            f"engine:{self.engine}|model:{self.model}|rev:{self.model_revision[:12]}"
            f"{options}|v:{self.engine_version}"
        )
