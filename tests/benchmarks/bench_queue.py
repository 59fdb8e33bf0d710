"""`make bench-queue`: the page of the queue with 100,000 tasks, on SQLite and PostgreSQL.

    .venv/bin/python tests/benchmarks/bench_queue.py

Writes its section of BENCHMARKS.md; of the environment: BENCH_TASKS (100000), BENCH_PARTS (sqlite,
postgres). Requests go through the whole application, without a network; before every fifth one
somebody claims or plans a task, so that what the queue knows is never quite up to date.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import httpx  # noqa: E402
from bench_promises import Promise, table  # noqa: E402
from bench_sections import Benchmark, wanted_parts  # noqa: E402
from postgres import find_initdb, running_cluster  # noqa: E402
from review_server import SESSION  # noqa: E402
from sqlalchemy import insert, text  # noqa: E402
from web_site import ORIGIN, Site  # noqa: E402

from review.events import EventKind  # noqa: E402
from review.queueing.filters import Filters  # noqa: E402
from review.queueing.port import Plan  # noqa: E402
from review.sql.database import writing  # noqa: E402
from review.sql.migrate import upgrade_database  # noqa: E402
from review.sql.queue_keys import place_of  # noqa: E402
from review.sql.schema import ProjectRow, TaskRow  # noqa: E402
from review.sql.schema_log import EventRow  # noqa: E402
from review.store import utc_now  # noqa: E402
from review.tasks import Priority, Role, TaskState  # noqa: E402
from review.texts import name_key  # noqa: E402
from subtitles.language import LanguageTag  # noqa: E402

TASKS = int(os.environ.get("BENCH_TASKS") or 100_000)
LIMIT_MS = 100.0
ROUNDS = 2
LANGUAGES = (
    *("de", "fr", "es", "it", "pt-BR", "ja", "ko", "zh-Hans", "ar", "tr"),
    *("pl", "nl", "sv", "da", "fi", "cs", "uk", "hi", "th", "id"),
)
PROJECTS = 40
WORDS = ("night", "river", "city", "ghost", "winter", "garden", "letter", "bridge", "silence")
STATES = [
    *[TaskState.PENDING] * 8,
    *[TaskState.APPROVED] * 5,
    *[TaskState.PUBLISHED] * 4,
    *(TaskState.DRAFT, TaskState.QC_PENDING, TaskState.CHANGES_REQUESTED),
]
TITLES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
PERSONAS = {
    "lead": (Role.LEAD, ()),
    "linguist": (Role.LINGUIST, ()),
    "guest with two memberships": (Role.GUEST, (("p3", None), (None, "pt"))),
}
CHOICES = {
    "state": ["", "all", "pending", "approved", "changes_requested"],
    "language": ["", "", *LANGUAGES],
    "project": ["", "", *(f"p{n}" for n in range(PROJECTS))],
    "whose": ["", "", "free", "held", "assigned", "nobody"],
    "priority": ["", "", "low", "normal", "high", "urgent"],
    "due": ["", "", "overdue", "soon", "week", "never"],
    "risk": ["", "", "high", "medium", "low"],
    "title": ["", "", "", "river", "ghost of the win", "no such title"],
}


def task_values(number: int, luck: random.Random, now, people: list[str]) -> dict:
    """One row: an episode in one of its languages."""
    title_number, language = divmod(number, len(LANGUAGES))
    title = f"The {luck.choice(WORDS)} of the {luck.choice(WORDS)}, {title_number}"
    state = luck.choice(STATES)
    priority = luck.choice([*[Priority.NORMAL] * 6, *Priority])
    due_at = luck.choice([None, now + timedelta(hours=luck.randrange(-100, 2000))])
    created_at = now - timedelta(minutes=luck.randrange(500_000))
    task_id = f"{number:016x}"
    return {
        "task_id": task_id,
        "media_id": f"{title_number:064x}",
        "title": title,
        "media_path": f"/films/{title_number}.mp4",
        "frame_rate": "24",
        "kind": "subtitle",
        "source_language": "en",
        "language": LANGUAGES[language],
        "audience": "adult",
        "draft_id": "d",
        "offered_draft_id": "d",
        "made_by": "m",
        "state": state,
        "created_at": created_at,
        "updated_at": created_at,
        "due_at": due_at,
        "project_id": f"p{title_number % PROJECTS}",
        "priority": int(priority),
        "cue_count": 900,
        "confirmed_count": luck.randrange(900),
        "risk": luck.random() / 2,
        "assigned_to": luck.choice([None, None, *people]),
        "title_key": name_key(title),
        "place": place_of(state, priority, due_at, created_at=created_at, task_id=task_id),
    }


def filled(site: Site) -> dict[str, str]:
    """Tasks, projects and people; the session of each persona."""
    luck, now = random.Random(7), utc_now()
    people = {name: site.person(role, name) for name, (role, _) in PERSONAS.items()}
    ids = [one.user_id for one in people.values()]
    with writing(site._engine) as session:
        session.execute(
            insert(ProjectRow),
            [
                {"project_id": f"p{n}", "name": f"Series {n}", "created_at": now}
                | {"two_stages": False, "source_first": False}
                for n in range(PROJECTS)
            ],
        )
        for start in range(0, TASKS, 5000):
            numbers = range(start, min(start + 5000, TASKS))
            rows = [task_values(number, luck, now, ids) for number in numbers]
            session.execute(insert(TaskRow), rows)
            log = {"actor_id": None, "actor": "pipeline", "kind": EventKind.DRAFT_PARKED}
            log |= {"detail": "", "cue_id": None, "at": now}
            session.execute(insert(EventRow), [log | {"task_id": one["task_id"]} for one in rows])
    with site._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    for name, (_, memberships) in PERSONAS.items():
        for project_id, language in memberships:
            tag = LanguageTag(language) if language else None
            site.backend.members.grant(
                people[name].user_id, Role.LINGUIST, project_id=project_id, language=tag, by=ids[0]
            )
    lifetime = timedelta(hours=1)
    return {
        name: site.people.open_session(one.user_id, lifetime=lifetime)
        for name, one in people.items()
    }


def wanted_pages(luck: random.Random) -> list[str]:
    """Each choice of each filter alone, then combined; some of a later page."""
    alone = [{name: value} for name, values in CHOICES.items() for value in dict.fromkeys(values)]
    mixed = [
        {name: luck.choice(values) for name, values in CHOICES.items() if luck.random() < 0.4}
        for _ in range(60)
    ]
    later = [{"after": f"0{rank}{'5' * 30}"} | choice for rank in range(3) for choice in alone[:9]]
    return ["/?" + urlencode(one) for one in (*alone, *mixed, *later)]


async def measured_pages(site: Site, session: str, lead_id: str):
    """Milliseconds of the first page, of each further one, and of work of this process for each."""
    luck, took_ms, work_ms = random.Random(3), [], []
    transport = httpx.ASGITransport(app=site.app)
    async with httpx.AsyncClient(
        transport=transport,
        base_url=ORIGIN,
        cookies={SESSION: session},
        headers={"Origin": ORIGIN, "Accept": "text/html"},
    ) as client:
        for number, path in enumerate(wanted_pages(luck) * ROUNDS):
            if number % 5 == 1:
                await asyncio.to_thread(something_happens, site, lead_id, luck)
            asked, worked = time.perf_counter(), time.process_time()
            answer = await client.get(path)
            took_ms.append(1000 * (time.perf_counter() - asked))
            work_ms.append(1000 * (time.process_time() - worked))
            if answer.status_code != 200:
                raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:300]}")
    return took_ms[0], took_ms[1:], work_ms[1:]


def something_happens(site: Site, lead_id: str, luck: random.Random) -> None:
    """A task is taken, given back or planned."""
    task_id = f"{luck.randrange(TASKS):016x}"
    plan = Plan(priority=luck.choice(list(Priority)))
    site.backend.queue.plan([task_id], plan, user_id=lead_id)
    user = next(one for one in site.people.users() if one.user_id == lead_id)
    free = site.backend.queue.free(Filters(), site.backend.members.reach(user), 1)
    for one in free:
        site.store.claim(one, lead_id)


def share(values: list[float], part: float) -> float:
    """The time that ``part`` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def measured_on(name: str, url: str) -> tuple[list[str], list[Promise]]:
    """One kind of database."""
    upgrade_database(url)
    site = Site(url, clock=utc_now)
    try:
        sessions = filled(site)
        lead_id = site.person(Role.LEAD, "lead").user_id
        rows, promises = [], []
        for persona, session in sessions.items():
            first, took, work = asyncio.run(measured_pages(site, session, lead_id))
            p95 = share(took, 0.95)
            found = (share(took, 0.5), p95, max(took), share(work, 0.95))
            rows.append((persona, len(took), *(f"{ms:.0f} ms" for ms in found)))
            if persona == "lead":
                opening = f"First page after the start: {first:.0f} ms."
            what = f"page of the queue, 95 %, {TITLES[name]}, {persona}"
            promises.append(Promise(what, f"{LIMIT_MS:.0f} ms", f"{p95:.0f} ms", p95 < LIMIT_MS))
    finally:
        site.close()
    return [
        *table(("", "pages", "median", "95 %", "longest", "work of the server, 95 %"), rows),
        opening,
        "",
    ], promises


def measured(name: str) -> tuple[list[str], list[Promise]]:
    """One part."""
    with tempfile.TemporaryDirectory() as folder:
        if name == "sqlite":
            return measured_on(name, f"sqlite:///{folder}/review.db")
        initdb = find_initdb()
        if initdb is None:
            sys.exit("PostgreSQL is not installed: BENCH_PARTS=sqlite measures without it")
        with running_cluster(initdb) as cluster:
            return measured_on(name, cluster.create_database())


def main() -> int:
    """Measure and write."""
    benchmark = Benchmark(
        name="The queue with many tasks",
        intro=(
            f"{TASKS:,} tasks of {TASKS // len(LANGUAGES):,} titles; pages with every filter alone "
            "and with several together, through the whole application in one process, a task "
            "claimed or planned before every fifth page. Repeat with `make bench-queue`."
        ),
        titles=TITLES,
        cache=ROOT / ".cache" / "bench-queue",
        made_by=("tasks", TASKS),
    )
    return benchmark.run(wanted_parts(TITLES), measured)


if __name__ == "__main__":
    sys.exit(main())
