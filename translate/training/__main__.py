"""Train a small translation model, or fine-tune one, on sentence pairs.

Four commands, in this order: prepare, train, convert, evaluate. See docs/training.md.
"""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import chain
from pathlib import Path
from typing import Any

from subtitles.errors import PolycueError
from subtitles.language import LanguageTag, UnknownLanguageError, parse_language
from translate.errors import MissingTorchError
from translate.training.pairs import read_pairs
from translate.training.plan import FINE_TUNING, Plan, Shape
from translate.training.preparing import prepare

_LOG = logging.getLogger("translate.training")
_OPTIONAL = ("torch", "sacrebleu")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0, or the exit code of the error's kind (`subtitles.errors`).
    """
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S", stream=sys.stderr
    )
    try:
        options = _parser().parse_args(arguments)
        options.work(options)
    except PolycueError as error:
        _LOG.error("%s", error)
        return error.exit_code
    except OSError as error:
        _LOG.error("%s: %s", error.filename, error.strerror)
        return PolycueError.exit_code
    except ModuleNotFoundError as error:
        if error.name not in _OPTIONAL:
            raise
        missing = MissingTorchError(error.name)
        _LOG.error("%s", missing)
        return missing.exit_code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m translate.training", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_prepare(commands.add_parser("prepare", help="make a run from sentence pairs"))
    _add_train(commands.add_parser("train", help="begin a run, or go on with it"))
    _add_convert(commands.add_parser("convert", help="make a folder that translates"))
    _add_evaluate(commands.add_parser("evaluate", help="score a converted folder"))
    return parser


def _add_prepare(command: argparse.ArgumentParser) -> None:
    command.add_argument("run", type=Path, help="folder to make")
    command.add_argument("pairs", type=Path, nargs="+", help="tab-separated files, .xz allowed")
    command.add_argument(
        "--attribution", required=True, help="what must be said of the data with the model"
    )
    command.add_argument("--to", type=_language, help="target language of files with two columns")
    command.add_argument(
        "--held-out", type=Path, nargs="*", default=[], help="files whose sources stay out"
    )
    command.add_argument("--start", type=Path, help="Marian folder to fine-tune")
    for kind in (Plan, Shape):
        for one in fields(kind):
            if one.type in {int, float}:
                name = one.name.replace("_", "-")
                command.add_argument(f"--{name}", type=one.type, help=f"default {one.default}")
    command.set_defaults(work=_prepare)


def _add_train(command: argparse.ArgumentParser) -> None:
    command.add_argument("run", type=Path)
    command.add_argument("--pieces", type=int, help="a new end, in target pieces")
    command.add_argument("--threads", type=int, help="processor threads; default all")
    command.set_defaults(work=_train)


def _add_convert(command: argparse.ArgumentParser) -> None:
    command.add_argument("model", type=Path, help="a run, or a Marian folder")
    command.add_argument("folder", type=Path, help="where to put the CTranslate2 int8 model")
    command.set_defaults(work=_convert)


def _add_evaluate(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, help="a converted model")
    command.add_argument(
        "--set",
        dest="sets",
        type=_test_set,
        action="append",
        required=True,
        metavar="LANGUAGE=FILE",
        help="source, tab, translation in each line; several times for several sets",
    )
    command.add_argument("--from", dest="source", type=_language, default="en")
    command.add_argument("--card", action="store_true", help="put the scores into its card")
    command.set_defaults(work=_evaluate)


def _prepare(options: argparse.Namespace) -> None:
    base = FINE_TUNING if options.start else Plan()
    shape = replace(base.shape, **_given(options, Shape))
    prepare(
        options.run,
        chain.from_iterable(read_pairs(path, options.to) for path in options.pairs),
        replace(base, **_given(options, Plan), shape=shape),
        attribution=options.attribution,
        # Only the sources of these count, so their language is of no matter.
        held_out=chain.from_iterable(
            read_pairs(path, LanguageTag("en")) for path in options.held_out
        ),
        start=options.start,
    )


def _train(options: argparse.Namespace) -> None:
    from translate.training.running import train  # noqa: PLC0415 -- torch takes seconds to import

    stopped: list[int] = []
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda number, _frame: stopped.append(number))
    train(
        options.run,
        pieces=options.pieces,
        threads=options.threads,
        should_stop=lambda: bool(stopped),
    )


def _convert(options: argparse.Namespace) -> None:
    from translate.training.exporting import convert, convert_run  # noqa: PLC0415 -- likewise

    is_run = (options.model / "plan.json").exists()
    (convert_run if is_run else convert)(options.model, options.folder)


def _evaluate(options: argparse.Namespace) -> None:
    from translate.training.card import add_scores, score_table  # noqa: PLC0415 -- sacrebleu
    from translate.training.evaluation import evaluate_folder  # noqa: PLC0415 -- likewise

    scores = evaluate_folder(options.folder, options.sets, options.source)
    sys.stdout.write(score_table(scores))
    if options.card:
        add_scores(scores, options.folder)


def _given(options: argparse.Namespace, kind: type) -> dict[str, Any]:
    """The options named like fields of a dataclass that were given."""
    names = {one.name for one in fields(kind)}
    return {
        name: value for name, value in vars(options).items() if name in names and value is not None
    }


def _language(text: str) -> LanguageTag:
    try:
        return parse_language(text)
    except UnknownLanguageError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _test_set(text: str) -> tuple[LanguageTag, Path]:
    language, _, path = text.partition("=")
    if not path:
        raise argparse.ArgumentTypeError(f"{text!r} is not LANGUAGE=FILE")
    return _language(language), Path(path)


if __name__ == "__main__":
    # Everything is on disk; transformers would ask the network and draw bars into the log.
    os.environ.update(HF_HUB_OFFLINE="1", HF_HUB_DISABLE_PROGRESS_BARS="1")
    sys.exit(main())
