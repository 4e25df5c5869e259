"""The manifests and commands for Cloud Run: they fit the schema that Google publishes, and each other."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import googleapiclient
import pytest
import yaml

from sheets_automation.config.roster import clients_of, load_roster
from sheets_automation.deployment import MANIFESTS

ROOT = Path(__file__).parents[2]
DOCUMENTS = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
SCHEMAS = {"job.yaml": ("run.v1", "Job"), "service.yaml": ("run.v1", "Service"), "links.yaml": ("run.v1", "Service")}
SCHEMAS |= {"digest.yaml": ("run.v1", "Job")}
SCHEMAS |= dict.fromkeys(("alert.yaml", "silence.yaml"), ("monitoring.v3", "AlertPolicy"))
ROLES = {
    "roles/iam.serviceAccountTokenCreator",
    "roles/secretmanager.secretAccessor",
    "roles/run.invoker",
}


def relay(*words, code=0):
    done = subprocess.run(
        [sys.executable, "-m", "sheets_automation.cli", "deploy", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout or done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("deployed")
    relay("--project", "minato-relay", "--tasks", "4", "--out", str(out))
    return out


def problems(value: Any, schema: dict, schemas: dict, where: str = "") -> list[str]:
    """Where a document does not fit a discovery document's schema: unknown keys, wrong types."""
    if "$ref" in schema:
        return problems(value, schemas[schema["$ref"]], schemas, where)
    kind = schema.get("type", "any")
    if kind == "object" and "properties" in schema:
        unknown = [f"{where}.{key}: unknown" for key in value if key not in schema["properties"]]
        return unknown + [
            found
            for key, inner in value.items()
            if key in schema["properties"]
            for found in problems(inner, schema["properties"][key], schemas, f"{where}.{key}")
        ]
    if kind == "object":
        more = schema.get("additionalProperties", {"type": "any"})
        return [found for key, inner in value.items() for found in problems(inner, more, schemas, f"{where}.{key}")]
    if kind == "array":
        if not isinstance(value, list):
            return [f"{where}: no list"]
        return [f for n, one in enumerate(value) for f in problems(one, schema["items"], schemas, f"{where}[{n}]")]
    types = {"string": str, "integer": int, "boolean": bool, "number": (int, float), "any": object}
    return [] if isinstance(value, types[kind]) else [f"{where}: {value!r} is no {kind}"]


@pytest.mark.parametrize("name", MANIFESTS)
def test_each_manifest_fits_the_published_schema(folder, name):
    document, kind = SCHEMAS[name]
    schemas = json.loads((DOCUMENTS / f"{document}.json").read_text())["schemas"]
    manifest = yaml.safe_load((folder / name).read_text())

    assert problems(manifest, schemas[kind], schemas, name) == []


def test_the_check_itself_sees_a_wrong_key_and_a_wrong_type(folder):
    schemas = json.loads((DOCUMENTS / "run.v1.json").read_text())["schemas"]
    job = yaml.safe_load((folder / "job.yaml").read_text())
    job["spec"]["template"]["spec"]["taskCount"] = "four"
    job["spec"]["template"]["spec"]["tasks"] = 4

    assert len(problems(job, schemas["Job"], schemas)) == 2


def test_every_task_runs_the_roster_and_stops_a_little_before_its_time_is_over(folder):
    spec = yaml.safe_load((folder / "job.yaml").read_text())["spec"]["template"]["spec"]
    task = spec["template"]["spec"]
    args = task["containers"][0]["args"]

    assert (spec["taskCount"], args[:2]) == (4, ["run", "nightly"])
    assert int(args[args.index("--seconds") + 1]) < int(task["timeoutSeconds"])


def test_the_digest_is_one_task_and_one_mail_and_has_a_schedule_of_its_own(folder):
    spec = yaml.safe_load((folder / "digest.yaml").read_text())["spec"]["template"]["spec"]
    task = spec["template"]["spec"]
    commands = relay("--print", "--project", "minato-relay")

    assert (spec["taskCount"], task["maxRetries"]) == (1, 0)
    assert task["containers"][0]["args"][:2] == ["run", "digest"]
    assert "jobs replace deployed/digest.yaml" in commands
    assert "jobs/relay-digest:run" in commands


def test_a_night_that_tells_nothing_is_looked_for_by_the_metric_that_is_made_of_the_summaries(folder):
    query = yaml.safe_load((folder / "silence.yaml").read_text())["conditions"][0]["conditionPrometheusQueryLanguage"]
    commands = relay("--print", "--project", "minato-relay")

    [metric] = re.findall(r"user_(\w+)\{", query["query"])
    made = re.search(rf"logging metrics create {metric} .*\\\n *--log-filter '(.+)'", commands)
    assert made
    assert 'job_name="relay-nightly"' in made[1]
    assert 'jsonPayload.message="summary"' in made[1]
    assert "--policy-from-file deployed/silence.yaml" in commands


@pytest.mark.parametrize("name", ["job.yaml", "digest.yaml", "service.yaml", "links.yaml"])
def test_no_secret_stands_in_a_manifest_and_every_one_that_it_names_is_made_and_allowed(folder, name):
    text = (folder / name).read_text()
    commands = relay("--print", "--project", "minato-relay")
    container = yaml.safe_load(text)["spec"]["template"]["spec"]
    container = container.get("template", {"spec": container})["spec"]
    plain = [one for one in container["containers"][0]["env"] if "value" in one]

    named = set(re.findall(r"(?:secretName:|name:) (relay-[a-z-]+(?:key|config|workbooks))$", text, re.MULTILINE))

    assert {one["name"] for one in plain} <= {"RELAY_CONFIG", "GOOGLE_CLOUD_PROJECT"}
    assert named
    for secret in named:
        assert f"gcloud secrets create {secret} " in commands
        assert re.search(rf"for secret in [^;]*\b{secret}\b", commands)


def test_the_links_can_open_nothing(folder):
    links = yaml.safe_load((folder / "links.yaml").read_text())["spec"]["template"]["spec"]
    commands = relay("--print", "--project", "minato-relay")

    assert links["serviceAccountName"] == "links@minato-relay.iam.gserviceaccount.com"
    granted = [line for line in commands.replace("\\\n", " ").splitlines() if "links@" in line and "--role" in line]
    assert all("secretAccessor" in line for line in granted)


def test_no_account_gets_more_than_it_needs():
    commands = relay("--print", "--project", "minato-relay")

    assert set(re.findall(r"roles/[\w.]+", commands)) == ROLES
    assert "projects add-iam-policy-binding" not in commands  # never over a whole project


def test_what_is_said_goes_into_the_commands_and_nothing_is_left_open():
    commands = relay(
        "--print",
        "--project",
        "minato-relay",
        "--region",
        "us-east1",
        "--schedule",
        "0 7 * * *",
        "--group",
        "hr@minato.example",
    )

    assert '--schedule "0 7 * * *"' in commands
    assert "group:hr@minato.example" in commands
    assert "asia-northeast1" not in commands
    assert not re.search(r"\$\{|\{\w+\}", commands)
    subprocess.run(["bash", "-n"], input=commands, text=True, check=True)


@pytest.mark.parametrize(
    "words",
    [
        ("--project", "x; rm -rf /"),
        ("--project", "minato-relay", "--group", "$(id)@x.example"),
        ("--project", "minato-relay", "--schedule", '" && id'),
        ("--project", "minato-relay", "--image", "a b"),
    ],
)
def test_a_value_that_would_mean_something_to_the_shell_is_refused(words):
    assert "値ではありません" in relay("--print", *words, "--lang", "ja", code=2)


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "file").write_text("")

    assert "--out" in relay("--project", "minato-relay", "--out", str(tmp_path / "file"), code=2)


def test_the_example_of_a_roster_can_be_read():
    path = ROOT / "config" / "workbooks.example.toml"

    roster = load_roster(path)

    assert [client.name for client in clients_of(roster, path.parent)] == ["minato", "kita"]
    assert tomllib.loads(path.read_text())["operator"]["calls_per_minute"] == roster.operator.calls_per_minute


def test_the_configuration_that_the_guide_names_is_found_at_the_desk_and_by_the_job(folder, tmp_path):
    [named] = set(re.findall(r'^ *config = "(.+)"$', (ROOT / "docs" / "cloud-run.md").read_text(), re.MULTILINE))
    (tmp_path / "workbooks.toml").write_text(f'[[workbooks]]\nname = "a"\naddress = "a.xlsx"\nconfig = "{named}"\n')
    roster = load_roster(tmp_path / "workbooks.toml")
    job = yaml.safe_load((folder / "job.yaml").read_text())["spec"]["template"]["spec"]["template"]["spec"]
    mounts = {one["name"]: one["mountPath"] for one in job["containers"][0]["volumeMounts"]}

    found = [Path(clients_of(roster, at)[0].config) for at in (Path(mounts["roster"]), ROOT / "config")]

    assert [path.resolve() for path in found] == [Path(mounts["config"], "relay.toml"), ROOT / "config" / "relay.toml"]


def test_setting_it_up_sends_no_letter():
    assert "jobs execute" not in relay("--print", "--project", "minato-relay")


def test_the_image_is_made_by_nobody_who_is_root_from_locked_parts_alone():
    dockerfile = (ROOT / "config" / "cloudrun" / "Dockerfile").read_text()
    final = dockerfile.rpartition("\nFROM ")[2]

    assert "USER 65532:65532" in final
    assert re.findall(r"install (?!.*(?:--require-hashes|--no-deps)).*", dockerfile) == []
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE)
    assert all((ROOT / name).exists() for names in copied for name in names.split())
