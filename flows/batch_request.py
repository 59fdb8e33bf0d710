"""What a batch is asked for; also the parameter of the Prefect flow."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from flows.catalogue.folders import media_files
from flows.catalogue.manifests import read_manifest
from flows.catalogue.titles import Catalogue, of_media
from flows.request import LocalizeRequest

NOTHING_SAID = LocalizeRequest(media=Path())
"""A title of which only the usual is wanted; its film stands in the catalogue."""


class BatchRequest(BaseModel):
    """A folder of films, or a manifest, and what holds for all its titles."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Path
    """A folder, or a manifest that ends in ``.csv`` or ``.jsonl``."""

    recursive: bool = False
    """Whether folders in the folder count, too."""

    usual: LocalizeRequest = NOTHING_SAID
    """What holds for titles of which nothing else is said; its film is not looked at."""

    wait: bool = True
    """Whether the flow waits for the titles, or hands them over and ends."""

    @property
    def stem(self) -> str:
        """For the name of a run."""
        return self.source.stem


def catalogue_of(request: BatchRequest) -> Catalogue:
    """The titles; CatalogueError when they cannot be read at all."""
    if request.source.is_dir():
        return of_media(media_files(request.source, recursive=request.recursive), request.usual)
    return read_manifest(request.source, request.usual)
