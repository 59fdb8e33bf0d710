"""``polycue run``: one title from media to review tasks."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.hearing_options import (
    AudioStreamNumber,
    Names,
    NoShotChanges,
    OutFolder,
    Speakers,
    SpeakersName,
    SpeechModel,
    SpokenIn,
)
from flows.cli.profiles import AudienceName, Client, KindName
from flows.cli.translation_options import (
    AsJson,
    Audience,
    DryRun,
    Formats,
    Glossaries,
    Kind,
    Llm,
    Naming,
    NoMemory,
    Project,
    Quiet,
    Resegment,
    Targets,
    TierName,
    TranslationModel,
)


class Engine(StrEnum):
    """Who calls the stages."""

    AUTO = "auto"
    INLINE = "inline"
    PREFECT = "prefect"


EngineName = Annotated[
    Engine,
    typer.Option("--engine", help="auto: Prefect when PREFECT_API_URL is set, otherwise inline."),
]


def run(  # noqa: PLR0913 - each is an option of the command
    media: Annotated[Path, typer.Argument(help="The media file.", show_default=False)],
    to: Targets = "",
    out: OutFolder = None,
    language: SpokenIn = None,
    audio_stream: AudioStreamNumber = None,
    names: Names = "",
    speakers: Speakers = SpeakersName.OFF,
    tier: TierName = None,
    speech_model: SpeechModel = None,
    translation_model: TranslationModel = None,
    llm: Llm = False,
    glossary: Glossaries = None,
    no_memory: NoMemory = False,
    resegment: Resegment = False,
    formats: Formats = "srt,vtt",
    naming: Naming = "",
    client: Client = "",
    audience: Audience = AudienceName.ADULT,
    kind: Kind = KindName.SUBTITLE,
    no_shot_changes: NoShotChanges = False,
    project: Project = "",
    engine: EngineName = Engine.AUTO,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Turn one title into subtitles and park them for review."""
    from flows.cli.run_title import RunOptions, run_title
    from flows.delivering.naming import checked_naming
    from flows.names import parse_names
    from flows.pipeline import parse_targets
    from flows.request import LocalizeRequest, parse_client, parse_project
    from subtitles.formats.registry import parse_formats
    from subtitles.language import parse_language

    request = LocalizeRequest(
        media=media.absolute(),
        targets=parse_targets(to),
        language=parse_language(language) if language else None,
        audio_stream=audio_stream,
        names=parse_names(names),
        speakers=speakers.value,
        out=out.absolute() if out else None,
        tier=tier.value if tier else None,
        speech_model=speech_model.absolute() if speech_model else None,
        translation_model=translation_model.absolute() if translation_model else None,
        llm=llm,
        glossaries=tuple(path.absolute() for path in glossary or ()),
        memory=not no_memory,
        resegment=resegment,
        formats=parse_formats(formats),
        naming=checked_naming(naming),
        client=parse_client(client),
        audience=audience.value,
        kind=kind.value,
        shot_changes=not no_shot_changes,
        project=parse_project(project),
    )
    options = RunOptions(engine=engine.value, dry_run=dry_run, as_json=as_json, quiet=quiet)
    return run_title(request, options)
