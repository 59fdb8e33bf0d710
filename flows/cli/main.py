"""Entry point of the ``polycue`` command: options, exit codes, and one clear line per failure.

Exit codes: 0 done; 2 wrong usage; 3 to 11 as `subtitles.errors` lists them; 1 anything unexpected;
130 after Ctrl-C; 143 after SIGTERM.
"""

import errno
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from flows.cli import (
    backup,
    batch,
    convert,
    dispatch,
    eval_commands,
    export,
    glossary,
    hooks,
    maintain,
    memory,
    metrics,
    models,
    profiles,
    publish,
    qc,
    redo,
    review,
    run,
    runs,
    status,
    stopping,
    system,
    transcribe,
    translate,
    users,
)
from flows.cli.doctor import doctor
from flows.errors import UsageError
from subtitles.errors import PolycueError

app = typer.Typer(
    name="polycue",
    help="From a film or an episode to reviewed subtitles in many languages.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("run")(run.run)
app.command("batch")(batch.batch)
app.command("status")(status.status)
app.command("runs")(runs.runs)
app.command("metrics")(metrics.metrics)
app.command("transcribe")(transcribe.transcribe)
app.command("translate")(translate.translate)
app.command("review")(review.review)
app.command("up")(system.up)
app.command("down")(system.down)
app.command("system")(system.system)
app.command("dispatch")(dispatch.dispatch)
app.command("redo")(redo.redo)
app.command("export")(export.export)
app.command("publish")(publish.publish)
app.command("backup")(backup.backup)
app.command("maintain")(maintain.maintain)
app.command("convert")(convert.convert)
app.command("qc")(qc.qc)
app.add_typer(eval_commands.app, name="eval")
app.add_typer(glossary.app, name="glossary")
app.add_typer(hooks.app, name="hooks")
app.add_typer(memory.app, name="memory")
app.add_typer(models.app, name="models")
app.add_typer(profiles.app, name="profiles")
app.add_typer(users.app, name="users")
app.command("doctor")(doctor)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"polycue {version('polycue')}")
        raise typer.Exit


@app.callback()
def polycue(
    home: Annotated[
        Path | None,
        typer.Option(help="Workspace folder (or POLYCUE_HOME).", show_default=False),
    ] = None,
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """From a film or an episode to reviewed subtitles in many languages."""
    if home is not None:
        import os

        os.environ["POLYCUE_HOME"] = str(home)
    _start_logging()


def _start_logging() -> None:
    """As POLYCUE_LOG says; without it nothing is loaded for it."""
    import os

    if os.environ.get("POLYCUE_LOG"):
        from flows.observing.logs import start_logging
        from flows.settings import Settings

        start_logging(Settings())


def main() -> NoReturn:
    """Run the command and leave with a documented exit code."""
    signals = stopping.StopSignals()
    signals.install()
    code = run_command(signals)
    if code in {stopping.EXIT_INTERRUPTED, stopping.EXIT_TERMINATED}:
        stopping.leave(code)
    sys.exit(code)


def run_command(signals: stopping.StopSignals | None = None) -> int:
    """Run the command of ``sys.argv``; returns the exit code, whatever happens.

    Args:
        signals: The stop signals of this process, when it answers to any.
    """
    try:
        result = app(standalone_mode=False)
    except typer.Abort:
        return stopping.EXIT_INTERRUPTED
    except stopping.Stopped as stop:
        return stop.exit_code
    except PolycueError as error:
        _say(str(error))
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the last line of defence: one line, not a traceback
        if signals is not None and signals.exit_code is not None:
            return signals.exit_code
        return _unexpected(error)
    return result if isinstance(result, int) else 0


def _unexpected(error: Exception) -> int:
    """Wrong usage, a full disk met deep inside a library, or a bug of ours."""
    show = getattr(error, "show", None)
    if callable(show):  # click's own exceptions know how to show themselves
        show()
        return int(getattr(error, "exit_code", 2))
    setting = _wrong_setting(error)
    if setting:
        _say(setting)
        return UsageError.exit_code
    cause = _disk_trouble(error)
    if cause is not None:
        _say(str(cause))
        return cause.exit_code
    from flows.cli.crash_report import write_crash_report

    where = write_crash_report(error)
    what = str(error).splitlines()[0] if str(error) else ""
    _say(f"unexpected {type(error).__name__}: {what} (details: {where})")
    return PolycueError.exit_code


def _wrong_setting(error: Exception) -> str:
    """What is wrong with which environment variable; empty for any other error."""
    prefixes = {
        "Settings": "POLYCUE_",
        "LlmSettings": "POLYCUE_LLM_",
        "WebSettings": "POLYCUE_WEB_",
    }
    prefix = prefixes.get(getattr(error, "title", ""))
    if prefix is None:
        return ""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return ""
    first = error.errors()[0]
    name = prefix + "_".join(str(part) for part in first["loc"]).upper()
    return f"{name}: {first['msg']}"


def _disk_trouble(error: BaseException) -> PolycueError | None:
    from flows.errors import CannotWriteError, write_failure

    chain: BaseException | None = error
    while chain is not None:
        if isinstance(chain, OSError) and chain.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS}:
            return write_failure(chain.filename or "the workspace", chain)
        if "database or disk is full" in str(chain):
            return CannotWriteError("the review database", "the disk is full; free some space")
        if "readonly database" in str(chain) or "unable to open database" in str(chain):
            return CannotWriteError("the review database", "permission denied or folder missing")
        chain = chain.__cause__ or chain.__context__
    return None


def _say(text: str) -> None:
    sys.stderr.write(f"polycue: {text}\n")
