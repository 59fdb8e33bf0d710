"""``polycue transcribe``: what is said in a title, without translation or review."""

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
from flows.cli.translation_options import Glossaries, Tier


def transcribe(  # noqa: PLR0913 - each is an option of the command
    media: Annotated[
        Path, typer.Argument(metavar="FILE", help="The media file.", show_default=False)
    ],
    language: SpokenIn = None,
    audio_stream: AudioStreamNumber = None,
    formats: Annotated[
        str,
        typer.Option(
            help="json (words, times, doubts) or subtitles: srt, vtt, txt, ttml, scc, ass."
        ),
    ] = "json,srt",
    out: OutFolder = None,
    names: Names = "",
    glossary: Glossaries = None,
    speakers: Speakers = SpeakersName.OFF,
    tier: Annotated[
        Tier | None, typer.Option(help="Which model serves (default: POLYCUE_TIER or starter).")
    ] = None,
    speech_model: SpeechModel = None,
    no_shot_changes: NoShotChanges = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a summary.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Write down what is said; a later run of the same title recognises nothing again."""
    from flows.cli.transcribe_title import print_transcribed, transcribe_title
    from flows.names import parse_names
    from flows.request import LocalizeRequest
    from flows.title_transcript import parse_transcript_formats
    from subtitles.language import parse_language

    wanted = parse_transcript_formats(formats)
    request = LocalizeRequest(
        media=media.absolute(),
        language=parse_language(language) if language else None,
        audio_stream=audio_stream,
        names=parse_names(names),
        glossaries=tuple(path.absolute() for path in glossary or ()),
        speakers=speakers.value,
        out=out.absolute() if out else None,
        tier=tier.value if tier else None,
        speech_model=speech_model.absolute() if speech_model else None,
        formats=wanted.subtitles,
        shot_changes=not no_shot_changes,
    )
    transcribed = transcribe_title(request, with_words=wanted.words, quiet=quiet or as_json)
    print_transcribed(transcribed, as_json=as_json)
