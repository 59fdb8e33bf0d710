"""``python -m translate.training``: prepare, train."""

import argparse
import logging
import signal
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from subtitles.errors import PolycueError
from subtitles.language import parse_language
from translate.training.pairs import SentencePair, read_pairs
from translate.training.plan import Plan
from translate.training.preparing import prepare


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is the error's kind, as in subtitles.errors."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S", stream=sys.stderr
    )
    try:
        options.work(options)
    except PolycueError as error:
        logging.getLogger(__name__).error("%s", error)  # noqa: TRY400 -- one clear line
        return error.exit_code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m translate.training", description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("prepare")
    command.add_argument("run", type=Path)
    command.add_argument("pairs", type=Path, nargs="+")
    command.add_argument("--to", type=parse_language)
    command.add_argument("--held-out", nargs="*", default=[], metavar="FILE")
    command.add_argument("--start", type=Path)
    command.add_argument("--vocabulary", type=int, default=6_000)
    command.add_argument("--pieces", type=int, default=20_000_000)
    command.set_defaults(work=_prepare)
    command = commands.add_parser("train")
    command.add_argument("run", type=Path)
    command.add_argument("--threads", type=int)
    command.set_defaults(work=_train)
    return parser


def _prepare(options: argparse.Namespace) -> None:
    pairs = chain.from_iterable(read_pairs(path, options.to) for path in options.pairs)
    held = chain.from_iterable(_held_out(Path(one)) for one in options.held_out)
    prepare(
        options.run,
        pairs,
        Plan(pieces=options.pieces),
        held_out=held,
        start=options.start,
        vocabulary_size=options.vocabulary,
    )


def _held_out(path: Path) -> Iterator[SentencePair]:
    # Only the sources count, so any language will do.
    return read_pairs(path, parse_language("en"))


def _train(options: argparse.Namespace) -> None:
    from translate.training.running import train  # noqa: PLC0415 -- torch takes seconds to import

    stopping = False

    def stop(_number: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    train(options.run, threads=options.threads, should_stop=lambda: stopping)


if __name__ == "__main__":
    sys.exit(main())
