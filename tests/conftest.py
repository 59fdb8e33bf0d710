"""Hypothesis profiles, and databases that tests may fill and throw away."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from postgres import Cluster, find_initdb, running_cluster

pytest_plugins = ["model_fixtures"]

# No deadline: the machine that runs the tests has other work too.
settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci",
    max_examples=50,
    deadline=None,
    # The same examples every time: a red run is about the change, not about luck.
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests on one process, since they share servers and models.

    Browser tests share nothing but the browser, and there are many: they go wherever there is room.
    """
    for item in items:
        if item.get_closest_marker("browser") is None:
            item.add_marker(pytest.mark.xdist_group(str(item.path)))


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
def bucket_server() -> Iterator[str]:
    """The endpoint of a server that has one bucket; the environment names it."""
    from s3_server import running_bucket  # here: most tests need no bucket

    with running_bucket() as endpoint:
        yield endpoint


@pytest.fixture
def bucket_url(bucket_server: str) -> str:
    """An empty place in a bucket."""
    from s3_server import BUCKET

    return f"s3://{BUCKET}/{uuid4().hex}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review database with all tables and no rows."""
    from review.sql.migrate import upgrade_database  # here: most tests need no database

    path = tmp_path_factory.mktemp("template") / "review.db"
    upgrade_database(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def shared_postgres_url(postgres_cluster: Cluster) -> str:
    """A PostgreSQL database with all tables; `postgres_url` empties it for each test."""
    from review.sql.migrate import upgrade_database

    url = postgres_cluster.create_database()
    upgrade_database(url)
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> str:
    """The URL of an empty review database; the next test gets a new file under the same name."""
    from review_desks import fresh_sqlite

    return fresh_sqlite(sqlite_template)


@pytest.fixture
def postgres_url(shared_postgres_url: str) -> str:
    """The URL of an empty review database on a real server."""
    from review.sql.database import open_database
    from review.sql.tables import METADATA

    engine = open_database(shared_postgres_url)
    with engine.begin() as connection:
        # As a replica the server fires no trigger, so that even the log can be emptied. DELETE,
        # since TRUNCATE makes new files for every table and index.
        connection.exec_driver_sql("SET session_replication_role = replica")
        for table in METADATA.tables:
            # The project without a name comes with the tables.
            kept = " WHERE project_id <> ''" if table == "projects" else ""
            connection.exec_driver_sql(f"DELETE FROM {table}{kept}")
        connection.exec_driver_sql("UPDATE projects SET two_stages = false, source_first = false")
    engine.dispose()
    return shared_postgres_url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty review database on each kind of server in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))
