"""Keyless sign-in: a machine's own account that signs as another, with real google-auth."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from google.auth import compute_engine, impersonated_credentials
from google.auth.exceptions import RefreshError

from tests.google_emulator import Running
from tests.google_emulator.redirect import authorized_session, transport_to
from tests.google_emulator_tests.frame.caller import AUTH, Caller

RUNTIME = "runtime@emulator.iam.gserviceaccount.com"
MAILER = "mailer@mail-project.iam.gserviceaccount.com"
MAILBOX = "saiyo@example.co.jp"
COMPOSE = f"{AUTH}gmail.compose"
PROFILE = "https://gmail.googleapis.com/gmail/v1/users/me/profile"


@pytest.fixture
def machine() -> compute_engine.Credentials:
    """The credentials of the machine, from its metadata server."""
    # Otherwise it asks for the domain by a transport of its own, which only GCE_METADATA_HOST leads here.
    return compute_engine.Credentials(universe_domain="googleapis.com")


def mailer(source: compute_engine.Credentials, subject: str | None = MAILBOX) -> impersonated_credentials.Credentials:
    return impersonated_credentials.Credentials(
        source_credentials=source, target_principal=MAILER, target_scopes=[COMPOSE], subject=subject
    )


def test_a_machine_has_the_credentials_of_its_account(emulator: Running, machine: compute_engine.Credentials) -> None:
    machine.refresh(transport_to(emulator.address))

    assert machine.service_account_email == RUNTIME
    assert machine.token


def test_a_program_finds_the_machine_s_account_by_itself(emulator: Running, tmp_path: Path) -> None:
    program = (
        "import google.auth, google.auth.transport.requests as transport, json\n"
        "credentials, project = google.auth.default()\n"
        "credentials.refresh(transport.Request())\n"
        "print(json.dumps([project, credentials.service_account_email]))\n"
    )
    surroundings = {
        **os.environ,
        "GCE_METADATA_HOST": emulator.address,
        "GCE_METADATA_IP": emulator.address,
        "CLOUDSDK_CONFIG": str(tmp_path),
    }
    surroundings.pop("GOOGLE_APPLICATION_CREDENTIALS", None)

    said = subprocess.run(
        [sys.executable, "-c", program], env=surroundings, capture_output=True, check=True, timeout=60
    )

    assert json.loads(said.stdout) == ["emulator", RUNTIME]


def test_the_metadata_server_knows_the_project_and_wants_its_header(emulator: Running) -> None:
    root = f"http://{emulator.address}/computeMetadata/v1"

    named = requests.get(f"{root}/project/project-id", headers={"Metadata-Flavor": "Google"}, timeout=60)
    refused = requests.get(f"{root}/project/project-id", timeout=60)

    assert (named.text, named.headers["Metadata-Flavor"]) == ("emulator", "Google")
    assert refused.status_code == 403


def test_a_token_creator_becomes_the_mailbox_by_way_of_the_mailer(
    emulator: Running, machine: compute_engine.Credentials
) -> None:
    emulator.control.grant_token_creator(RUNTIME, MAILER)
    emulator.control.grant_delegation(MAILER, [COMPOSE])

    session = authorized_session(mailer(machine), emulator.address)

    assert session.get(PROFILE).json()["emailAddress"] == MAILBOX
    assert len(emulator.control.calls("iamcredentials.projects.serviceAccounts.signJwt")) == 1


def test_without_a_subject_it_is_the_mailer_itself(emulator: Running, machine: compute_engine.Credentials) -> None:
    emulator.control.grant_token_creator(RUNTIME, MAILER)

    session = authorized_session(mailer(machine, None), emulator.address)

    assert session.get(PROFILE).json()["emailAddress"] == MAILER


def test_who_is_no_token_creator_may_not_sign(emulator: Running, machine: compute_engine.Credentials) -> None:
    emulator.control.service_account_key(MAILER)

    with pytest.raises(RefreshError):
        mailer(machine, None).refresh(transport_to(emulator.address))

    [call] = emulator.control.calls("iamcredentials.projects.serviceAccounts.generateAccessToken")
    assert call["status"] == 403


def test_the_refusal_names_the_permission(emulator: Running) -> None:
    caller = Caller(emulator)
    emulator.control.service_account_key(MAILER)

    error = caller.error("POST", f"/v1/projects/-/serviceAccounts/{MAILER}:signJwt", {"payload": "{}"})

    assert error == {
        "code": 403,
        "message": "Permission 'iam.serviceAccounts.signJwt' denied on resource (or it may not exist).",
        "status": "PERMISSION_DENIED",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "IAM_PERMISSION_DENIED",
                "domain": "iam.googleapis.com",
                "metadata": {"permission": "iam.serviceAccounts.signJwt"},
            }
        ],
    }


def test_an_account_that_does_not_exist_is_not_found(emulator: Running) -> None:
    error = Caller(emulator).error("POST", "/v1/projects/-/serviceAccounts/x@y.z:signJwt", {"payload": "{}"})

    assert (error["code"], error["message"]) == (404, "Not found; Gaia id not found for email x@y.z")
