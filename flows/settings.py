"""Settings, read once from the environment (``POLYCUE_…``) and passed on as values."""

import os
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows.delivering.naming import checked_naming
from flows.observing.prices import Prices

Tier = Literal["starter", "standard", "studio"]
ComputeType = Literal[
    "default", "auto", "int8", "int8_float32", "int8_float16", "int8_bfloat16",
    "int16", "float16", "bfloat16", "float32",
]  # fmt: skip
"""As CTranslate2 names them."""


def _default_home() -> Path:
    return Path(platformdirs.user_data_dir("polycue"))


def _store_url(url: str) -> str:
    """Refuses what is no place of its own, such as a plain path or a chain of file systems."""
    if url and ("://" not in url or "::" in url):
        raise ValueError("name a store as s3://bucket/folder or file:///folder")
    return url


class Settings(BaseSettings):
    """Every setting; each is documented in README.md under its environment name."""

    model_config = SettingsConfigDict(env_prefix="POLYCUE_", frozen=True, extra="ignore")

    home: Path = Field(default_factory=_default_home)
    """The workspace: artifacts, models, review database, Prefect's own files."""

    database_url: str = ""
    """Review database; empty means SQLite in the workspace."""

    store_url: Annotated[str, AfterValidator(_store_url)] = ""
    """Where results of stages are kept, as an fsspec URL; empty means the workspace."""

    store_cache_mb: int = Field(default=2_000, ge=0)
    """Size of the copies of results that are kept here when the store is behind a network."""

    tier: Tier = "starter"
    """Which models serve when none is named."""

    allow_noncommercial: bool = False
    """Allow models whose licence forbids commercial use."""

    offline: bool = False
    """Never reach for a model hub or package index."""

    cpu_threads: int = Field(default=0, ge=0)
    """Threads per engine; 0 means all cores."""

    compute_type: ComputeType = "int8"
    """Number format of recognition and CTranslate2 translation."""

    recognition_limit: str = ""
    """Name of the Prefect concurrency limit of which a run holds a slot while it recognises; empty
    for none."""

    translation_limit: str = ""
    """The same while it translates."""

    chunk_seconds: int = Field(default=300, ge=10)
    """Length of a recognition chunk: what a crash can cost."""

    engine_memory_mb: int = Field(default=4_000, ge=0)
    """Size of loaded translation models from which those that nobody uses are dropped."""

    glossaries: str = ""
    """Files with the show's words for every title, separated as the system separates folders in
    PATH; a later one overrides an earlier one."""

    naming: Annotated[str, AfterValidator(checked_naming)] = "plain"
    """How files are named: a preset or a template (docs/operations.md)."""

    publish_to: str = ""
    """Folder of what was approved; empty means in the workspace."""

    publish_naming: Annotated[str, AfterValidator(checked_naming)] = ""
    """As ``naming``, of what was approved; empty means folders of client and project, then
    ``naming``."""

    device: Literal["cpu", "cuda"] = "cpu"
    """Where models run."""

    cpu_hour_price: float = Field(default=0.0, ge=0, le=1_000_000)
    """Of one processor core, busy for an hour; 0 where nobody reckons."""

    gpu_hour_price: float = Field(default=0.0, ge=0, le=1_000_000)
    """Of one GPU, held for an hour; 0 where nobody reckons."""

    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    """Of the prices (ISO 4217)."""

    log: Literal["", "text", "json"] = ""
    """How log lines are written to the error output; empty leaves warnings as they are."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """From which level on, when `log` is set."""

    @property
    def prices(self) -> Prices:
        """What an hour of this machine costs."""
        return Prices(
            cpu_hour=self.cpu_hour_price, gpu_hour=self.gpu_hour_price, currency=self.currency
        )

    @property
    def threads(self) -> int:
        """Threads per engine, resolved."""
        return self.cpu_threads or os.cpu_count() or 1

    @property
    def glossary_paths(self) -> tuple[Path, ...]:
        """The files with the show's words, as absolute paths."""
        named = (part.strip() for part in self.glossaries.split(os.pathsep))
        return tuple(Path(name).expanduser().absolute() for name in named if name)

    @property
    def publish_folder(self) -> Path:
        """The folder of what was approved, as an absolute path."""
        named = Path(self.publish_to) if self.publish_to else self.workspace / "published"
        return named.expanduser().absolute()

    @property
    def workspace(self) -> Path:
        """The workspace as an absolute path."""
        return self.home.expanduser().absolute()

    @property
    def models_folder(self) -> Path:
        """Where pulled models are kept."""
        return self.workspace / "models"

    @property
    def locks_folder(self) -> Path:
        """One lock file per title."""
        return self.workspace / "locks"

    @property
    def answers_file(self) -> Path:
        """Where what translation engines answered is kept."""
        return self.workspace / "answers.db"

    @property
    def review_database_url(self) -> str:
        """The review database, by default a file in the workspace."""
        return self.database_url or f"sqlite:///{self.workspace / 'review.db'}"
