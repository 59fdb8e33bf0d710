"""``polycue eval``: how good results are, measured against references."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.hearing_options import Names
from flows.cli.profiles import Client
from flows.cli.translation_options import Tier

app = typer.Typer(
    help="Measure results against references.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def evaluate() -> None:
    """Measure results against references."""


@app.command("asr")
def asr(  # noqa: PLR0913 - each is an option of the command
    hypothesis: Annotated[
        Path,
        typer.Argument(help="A transcript (.json), subtitles, text, or media to recognise first."),
    ],
    reference: Annotated[
        Path, typer.Argument(help="What was said: subtitles such as .srt, or .txt without times.")
    ],
    language: Annotated[
        str | None, typer.Option(help="Language of both (else as the files say).")
    ] = None,
    audio_stream: Annotated[
        int | None, typer.Option(min=0, help="Number of the audio stream of media.")
    ] = None,
    names: Names = "",
    tier: Annotated[
        Tier | None, typer.Option(help="Which model serves (default: POLYCUE_TIER or starter).")
    ] = None,
    speech_model: Annotated[
        Path | None, typer.Option(help="Folder of a converted Whisper model to use instead.")
    ] = None,
    frame_rate: Annotated[
        str, typer.Option(help="In which frames times are counted: 23.976, 25 … (else 25).")
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Score recognition: word errors, times, invented and missed speech."""
    from flows.cli.eval_asr import AsrEvaluation, evaluate_asr, print_score
    from flows.cli.frame_rates import parse_frame_rate
    from flows.names import parse_names
    from flows.request import LocalizeRequest
    from subtitles.language import parse_language

    request = LocalizeRequest(
        media=hypothesis.absolute(),
        language=parse_language(language) if language else None,
        audio_stream=audio_stream,
        names=parse_names(names),
        tier=tier.value if tier else None,
        speech_model=speech_model.absolute() if speech_model else None,
        formats=(),
    )
    evaluation = AsrEvaluation(
        request=request,
        reference=reference,
        frame_rate=parse_frame_rate(frame_rate) if frame_rate else None,
        quiet=quiet or as_json,
    )
    print_score(evaluate_asr(evaluation), as_json=as_json)


@app.command("mt")
def mt(
    hypotheses: Annotated[
        list[Path],
        typer.Argument(help="Translations: subtitles, or .txt and .tsv with a sentence a line."),
    ],
    reference: Annotated[
        list[Path],
        typer.Option(help="What they should be: one for all, or one for each in their order."),
    ],
    language: Annotated[
        str | None, typer.Option(help="Language of all files (else as their names say).")
    ] = None,
    client: Client = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON array instead of tables.")
    ] = False,
) -> None:
    """Score translations: chrF, BLEU, SubER, and how their cues keep the limits."""
    from flows.cli.eval_mt import MtEvaluation, evaluate_mt, print_scores
    from subtitles.language import parse_language

    evaluation = MtEvaluation(
        hypotheses=tuple(hypotheses),
        references=tuple(reference),
        language=parse_language(language) if language else None,
        client=client,
    )
    print_scores(evaluate_mt(evaluation), as_json=as_json)
