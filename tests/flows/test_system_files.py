"""prefect.yaml, Dockerfile, docker-compose.yml: as far as they can be checked without running them.

No image is built and no container started here. `test_two_workers.py` runs the same parts as plain
processes.
"""

import importlib
import inspect
import re
from itertools import chain

import pytest
import typer
import yaml
from command import ROOT

from flows.orchestration.system.settings import POOL
from flows.settings import Settings
from review.web.settings import WebSettings

pytestmark = pytest.mark.prefect

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
OURS = {name: one for name, one in SERVICES.items() if one["image"] == "polycue:latest"}
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def flow_of(deployment):
    module, _, name = deployment["entrypoint"].rpartition(".")
    return getattr(importlib.import_module(module), name)


def test_every_flow_has_a_deployment_that_prefect_can_import_and_asks_for_one_model():
    from prefect import Flow
    from pydantic import BaseModel

    texts = [path.read_text("utf-8") for path in (ROOT / "flows" / "orchestration").glob("*.py")]
    declared = [name for text in texts for name in re.findall(r'@flow\(\s*name="(.+?)"', text)]
    flows = [flow_of(one) for one in DEPLOYMENTS]
    assert all(isinstance(one, Flow) for one in flows)
    assert sorted(one.name for one in flows) == sorted(declared)
    for one in flows:
        (request,) = inspect.signature(one.fn, eval_str=True).parameters.values()
        assert request.name == "request"
        assert issubclass(request.annotation, BaseModel)


def test_every_deployment_is_local_says_what_it_does_and_is_in_a_queue_that_is_made():
    from flows.orchestration.system.registering import QUEUES

    assert {one["name"] for one in DEPLOYMENTS} == {"local"}
    assert all(one["description"] and one["tags"] for one in DEPLOYMENTS)
    assert {one["work_pool"]["name"] for one in DEPLOYMENTS} == {POOL}
    assert {one["work_pool"]["work_queue_name"] for one in DEPLOYMENTS} <= set(QUEUES)
    assert min(QUEUES, key=QUEUES.__getitem__) == "publish"
    scheduled = [one for one in DEPLOYMENTS if "schedules" in one]
    assert [flow_of(one).name for one in scheduled] == ["maintain"]


# ---- containers --------------------------------------------------------------------------------


def environment_of(service):
    return service.get("environment", {})


def test_every_command_in_the_composition_exists_with_these_options():
    commands = [one["command"] for one in OURS.values() if "command" in one]
    (default,) = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    commands.append(yaml.safe_load(default))
    for command in commands:
        parsed(command)
    assert {command[0] for command in commands} == {"prefect", "polycue", "python"}


def parsed(command):
    """Read by the program itself; it ends the process or raises for what it does not know."""
    from prefect.cli._app import _app as prefect

    from flows.cli.main import app as polycue
    from flows.orchestration.system import registering

    program, *arguments = [re.sub(r"\$\{\w+:-(.*?)}", r"\1", word) for word in command]
    if program == "prefect":
        prefect.parse_args(arguments, exit_on_error=False, print_error=False)
    elif program == "polycue":
        group = typer.main.get_command(polycue)
        group.commands[arguments[0]].make_context(arguments[0], arguments[1:])
    else:
        assert arguments[:2] == ["-m", registering.__name__]
        registering.argument_parser().parse_args(arguments[2:])


def test_every_setting_in_the_composition_exists_and_takes_its_value():
    from prefect.settings import Settings as PrefectSettings

    known = set(prefect_names(PrefectSettings))
    ours = {f"POLYCUE_{name.upper()}" for name in Settings.model_fields}
    ours |= {f"POLYCUE_WEB_{name.upper()}" for name in WebSettings.model_fields}
    # Of prefect-redis, which is in the image alone.
    known |= {"PREFECT_REDIS_MESSAGING_URL"}
    for name, service in OURS.items():
        unknown = environment_of(service).keys() - known - ours
        assert not unknown, name


def prefect_names(model):
    """The names of environment variables of Prefect's settings, as its models declare them."""
    prefix = model.model_config.get("env_prefix", "PREFECT_").upper()
    for name, one in model.model_fields.items():
        yield prefix + name.upper()
        inner = one.annotation
        if inspect.isclass(inner) and hasattr(inner, "model_fields"):
            yield from prefect_names(inner)


def test_parts_of_the_server_share_all_that_they_would_keep_in_memory():
    servers = [OURS[name]["environment"] for name in ("migrate", "prefect", "prefect-services")]
    assert servers[0] == servers[1] == servers[2]
    kept = {name: value for name, value in servers[0].items() if value.startswith("prefect_redis.")}
    assert {name.removeprefix("PREFECT_SERVER_") for name in kept} == {
        "EVENTS_MESSAGING_BROKER",
        "EVENTS_MESSAGING_CACHE",
        "EVENTS_CAUSAL_ORDERING",
        "CONCURRENCY_LEASE_STORAGE",
    }
    assert servers[0]["PREFECT_SERVER_DOCKET_URL"].startswith("redis://")
    assert "prefect-redis==" in (ROOT / "requirements" / "server.lock").read_text("ascii")
    # Never the review's database.
    review = {environment_of(one).get("POLYCUE_DATABASE_URL") for one in OURS.values()} - {None}
    (url,) = review
    assert url.rpartition("/")[2] == "review"
    assert servers[0]["PREFECT_SERVER_DATABASE_CONNECTION_URL"].rpartition("/")[2] == "prefect"
    databases = (ROOT / "deploy" / "compose" / "databases.sql").read_text("utf-8")
    assert re.findall(r"^CREATE DATABASE (\w+);$", databases, re.MULTILINE) == ["prefect", "review"]


def test_what_waits_for_another_names_one_that_can_become_what_it_waits_for():
    for name, service in SERVICES.items():
        for other, wanted in service.get("depends_on", {}).items():
            waited = SERVICES[other]
            if wanted["condition"] == "service_healthy":
                check = waited.get("healthcheck", {"image": "has one"})
                assert not check.get("disable"), (name, other)
            else:
                assert wanted["condition"] == "service_completed_successfully"
                assert waited["restart"] == "no", (name, other)


def test_volumes_are_declared_and_files_that_are_mounted_exist():
    mounted = list(chain.from_iterable(one.get("volumes", []) for one in SERVICES.values()))
    sources = {re.sub(r":/.*", "", one) for one in mounted}
    variables = {one for one in sources if one.startswith("${")}
    files = {one for one in sources if one.startswith("./")}
    assert sources - variables - files == set(COMPOSE["volumes"])
    assert all((ROOT / one).is_file() for one in files)


def test_no_secret_is_written_down_and_the_example_names_every_variable():
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    example = (ROOT / "deploy" / "compose" / "example.env").read_text("utf-8")
    given = dict(re.findall(r"^(\w+)=(.*)$", example, re.MULTILINE))
    # `$$` is for the shell in the container.
    used = set(re.findall(r"(?<!\$)\${(\w+)", text))
    assert used == set(given)
    needed = set(re.findall(r"\${(\w+):\?}", text))
    assert {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "PREFECT_AUTH"} <= needed
    assert not any(given[name] for name in needed)
    ports = list(chain.from_iterable(one.get("ports", []) for one in SERVICES.values()))
    assert all(one.startswith("127.0.0.1:") for one in ports)


def test_the_image_is_made_of_files_that_there_are_and_runs_as_nobody_in_particular():
    allowed = set(
        re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    )
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for source in line.split()[:-1]
    ]
    assert set(copied) == allowed
    assert all((ROOT / one).exists() for one in copied)
    locks = re.findall(r"-r (\S+\.lock)", DOCKERFILE)
    assert all((ROOT / one).is_file() for one in locks)
    assert DOCKERFILE.count("--no-deps --require-hashes -r") == len(locks) == 3
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER (?!root)\w+$", final, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", final, re.MULTILINE)
    rooms = {one for one in copied if (ROOT / one / "__init__.py").is_file()}
    assert rooms == {"asr", "flows", "review", "subtitles", "translate"}
