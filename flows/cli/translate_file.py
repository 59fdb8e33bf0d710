"""What ``polycue translate`` does: wire the engines, listen to progress, print the outcome."""

import sys

from flows.cli.outcome import exit_code_of, print_outcome, print_plan
from flows.cli.progress import terminal_progress
from flows.file_translation import plan_file, translate_file
from flows.models.registry import load_registry
from flows.request import TranslateRequest
from flows.settings import Settings
from flows.wiring import build_localizer


def run_translation(request: TranslateRequest, *, dry_run: bool, as_json: bool, quiet: bool) -> int:
    """Translate (or only plan) one file; returns the exit code.

    Raises:
        PolycueError: what concerns the whole file.
    """
    settings = Settings()
    with terminal_progress(sys.stderr, quiet=quiet or as_json):
        localizer = build_localizer(settings, request, load_registry())
        if dry_run:
            print_plan(plan_file(localizer, request, settings), as_json=as_json)
            return 0
        report = translate_file(localizer, request, settings)
    print_outcome(report, as_json=as_json)
    return exit_code_of(report)
