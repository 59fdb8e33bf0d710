"""A real PostgreSQL cluster for the length of a test run, thrown away afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

_ROOMS = (Path("/usr/lib/postgresql"), Path("/usr/local/lib/postgresql"), Path("/opt/homebrew"))


def find_initdb() -> Path | None:
    """The newest initdb of this machine; Debian keeps it off the search path."""
    packaged = [found for room in _ROOMS for found in room.glob("*/bin/initdb")]
    if packaged:
        return max(
            packaged, key=lambda path: float(path.parts[-3].partition("@")[2] or path.parts[-3])
        )
    on_path = shutil.which("initdb")
    return Path(on_path) if on_path else None


@dataclass(slots=True)
class Cluster:
    """A running server, reached through a socket in its own folder: no port is taken."""

    folder: Path
    psql: Path
    _names: Iterator[int] = field(default_factory=count)

    def create_database(self) -> str:
        """The URL of a fresh database without any table."""
        name = f"test_{next(self._names)}"
        command = f"CREATE DATABASE {name} TEMPLATE template0"
        _run([self.psql, "-h", self.folder, "-U", "polycue", "-d", "postgres", "-qc", command], {})
        return f"postgresql://polycue@/{name}?host={self.folder}"


@contextmanager
def running_cluster(initdb: Path) -> Iterator[Cluster]:
    """A cluster without durability: it lives as long as the tests."""
    # Below /tmp, since the path of a socket may have 107 characters at most.
    folder = Path(tempfile.mkdtemp(prefix="polycue-pg-", dir="/tmp"))
    user = _someone_but_root(folder)
    data, log = folder / "data", folder / "log"
    pg_ctl = initdb.with_name("pg_ctl")
    settings = f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off"
    try:
        _run([initdb, "-D", data, "-U", "polycue", "-A", "trust", "-E", "UTF8", "--no-sync"], user)
        _run([pg_ctl, "-D", data, "-l", log, "-o", settings, "-w", "-s", "start"], user)
        try:
            yield Cluster(folder, initdb.with_name("psql"))
        finally:
            _run([pg_ctl, "-D", data, "-m", "immediate", "-w", "-s", "stop"], user)
    finally:
        shutil.rmtree(folder)


def _someone_but_root(folder: Path) -> dict[str, int]:
    """Whom to run as: the server refuses root, so root becomes the user its package made."""
    if os.geteuid() != 0:
        return {}
    server = pwd.getpwnam("postgres")
    os.chown(folder, server.pw_uid, server.pw_gid)
    return {"user": server.pw_uid, "group": server.pw_gid}


def _run(command: list[object], user: dict[str, int]) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        cwd="/",
        env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
        **user,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr or done.stdout}")
