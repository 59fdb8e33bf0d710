"""``polycue doctor``: is this environment sound?"""

import typer


def doctor() -> int:
    """Check this environment and say what to do about what is wrong."""
    from flows.checkup import checkup
    from flows.settings import Settings

    problems = 0
    for check in checkup(Settings()):
        typer.echo(f"{'ok  ' if check.sound else 'FAIL'}  {check.what}: {check.found}")
        problems += not check.sound
    return 1 if problems else 0
