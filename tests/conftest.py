"""Hypothesis profiles, and databases that tests may fill and throw away."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from postgres import Cluster, find_initdb, running_cluster

# No deadline: the machine that runs the tests has other work too.
settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci",
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A PostgreSQL server; tests without one on the machine say so."""
    initdb = find_initdb()
    if initdb is None:
        if "CI" in os.environ:
            pytest.fail("PostgreSQL is not installed: half of the database tests cannot run")
        pytest.skip("PostgreSQL is not installed: no initdb found")
    with running_cluster(initdb) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review database with all tables and no rows."""
    from review.migrate import upgrade_database  # here: most tests need no database

    path = tmp_path_factory.mktemp("template") / "review.db"
    upgrade_database(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: Cluster) -> str:
    """The name of a PostgreSQL database with all tables and no rows."""
    from review.migrate import upgrade_database

    postgres_cluster.run_sql("CREATE DATABASE review_template")
    upgrade_database(postgres_cluster.url("review_template"))
    return "review_template"


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of an empty review database of this test's own."""
    path = tmp_path / "review.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_cluster: Cluster, postgres_template: str) -> str:
    """The URL of an empty review database of this test's own, on a real server."""
    return postgres_cluster.create_database(postgres_template)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty review database on each kind of server in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))
