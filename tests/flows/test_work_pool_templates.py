"""The templates of work pools past one machine, checked as far as it goes without containers."""

import json
import re

import pytest
from command import ROOT
from jsonschema import Draft202012Validator

from flows.settings import Settings

TEMPLATES = ROOT / "deploy" / "pools"


@pytest.fixture(params=["docker", "kubernetes"])
def template(request):
    return json.loads((TEMPLATES / f"{request.param}.json").read_text("utf-8"))


def defaults(template):
    return {name: one["default"] for name, one in template["variables"]["properties"].items()}


def test_every_variable_is_declared_used_and_has_a_default_of_its_own_kind(template):
    used = set(re.findall(r"{{ (\w+) }}", json.dumps(template["job_configuration"])))
    assert used == set(defaults(template))
    Draft202012Validator.check_schema(template["variables"])
    Draft202012Validator(template["variables"]).validate(defaults(template))


def test_every_setting_in_a_template_exists(template):
    known = {f"POLYCUE_{name.upper()}" for name in Settings.model_fields}
    assert set(defaults(template)["env"]) <= known
    assert not Settings(
        **{
            name.removeprefix("POLYCUE_").lower(): value
            for name, value in defaults(template)["env"].items()
        }
    ).store_url.startswith("file")


def test_a_pod_mounts_every_volume_and_names_the_container_that_prefect_looks_for():
    template = json.loads((TEMPLATES / "kubernetes.json").read_text("utf-8"))
    pod = template["job_configuration"]["job_manifest"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert container["name"] == "prefect-job"
    assert {one["name"] for one in container["volumeMounts"]} == {
        one["name"] for one in pod["volumes"]
    }
