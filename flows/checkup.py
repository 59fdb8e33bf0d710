"""The checks behind ``polycue doctor``."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import packages_distributions, version

from flows.artifacts.opening import ARTIFACTS, blobs_for
from flows.artifacts.store import OBJECTS
from flows.artifacts.troubles import shown
from flows.disk import MIN_FREE_BYTES, free_bytes
from flows.review_wiring import open_people
from flows.settings import Settings
from flows.wiring import model_states
from subtitles.errors import PolycueError

OUR_NAMES = ("asr", "flows", "review", "subtitles", "translate")
DISTRIBUTION = "polycue"

# Newer FastAPI breaks Prefect 3.8 (ARCHITECTURE.md, "Pins").
FASTAPI_BELOW = (0, 151)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at: what, whether it is sound, what was found or what to do."""

    what: str
    sound: bool
    found: str


def checkup(settings: Settings) -> Iterator[Check]:
    """Every check in turn; a check that breaks is itself a finding, never a crash."""
    for what, look in _CHECKS:
        try:
            sound, found = look(settings)
        except (PolycueError, OSError, ImportError) as error:
            sound, found = False, str(error)
        yield Check(what=what, sound=sound, found=found)


Finding = tuple[bool, str]


def _python(_settings: Settings) -> Finding:
    return sys.version_info >= (3, 11), sys.version.split()[0]


def _names(_settings: Settings) -> Finding:
    owners = packages_distributions()
    strangers = {
        name: others
        for name in OUR_NAMES
        if (others := sorted(set(owners.get(name, [])) - {DISTRIBUTION}))
    }
    if strangers:
        return False, f"{strangers} own our import names; install polycue into its own environment"
    return True, "nobody else owns " + ", ".join(OUR_NAMES)


def _pins(_settings: Settings) -> Finding:
    fastapi = version("fastapi")
    fits = tuple(int(part) for part in fastapi.split(".")[:2]) < FASTAPI_BELOW
    found = f"prefect {version('prefect')}, fastapi {fastapi}"
    return fits, found if fits else f"{found}: too new, install from requirements/run.lock"


def _workspace(settings: Settings) -> Finding:
    settings.workspace.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.workspace):
        free = free_bytes(settings.workspace)
    found = f"{settings.workspace}, {free / 1e9:.1f} GB free"
    return free >= MIN_FREE_BYTES, found if free >= MIN_FREE_BYTES else f"{found}: make some room"


def _store(settings: Settings) -> Finding:
    with suppress(KeyError):  # it answers, and says that there is no such thing
        blobs_for(settings, ARTIFACTS).read(f"{OBJECTS}/none")
    return True, shown(settings.store_url) or "in the workspace"


def _review_database(settings: Settings) -> Finding:
    people = open_people(settings).users()
    return True, f"open and current, {len(people)} people may log in"


def _models(settings: Settings) -> Finding:
    states = model_states(settings)
    missing = [name for name, ready in states.items() if not ready]
    if missing:
        return False, f"missing {', '.join(missing)}: run `polycue models pull {missing[0]}`"
    return True, f"tier {settings.tier}: {', '.join(states)}"


_CHECKS: tuple[tuple[str, Callable[[Settings], Finding]], ...] = (
    ("Python", _python),
    ("import names", _names),
    ("pins", _pins),
    ("workspace", _workspace),
    ("artifact store", _store),
    ("review database", _review_database),
    ("models", _models),
)
