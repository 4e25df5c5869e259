"""The interface is as it describes itself: whatever its description allows, and what it forbids, ends in good order."""

import re
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.commands.conftest import TUESDAY
from tests.service.service_house import OURS, running_service

DOCUMENT = Path(__file__).parents[2] / "docs" / "service.md"
CHECKS = (
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
CALLS = [
    ("GET", "/api/session"),
    ("GET", "/api/plan"),
    ("GET", "/api/letters/{id}"),
    ("POST", "/api/letters"),
    ("POST", "/api/test"),
    ("POST", "/api/approvals"),
    ("POST", "/api/freeze"),
    ("POST", "/api/thaw"),
    ("POST", "/api/send"),
    ("POST", "/api/undo"),
    ("GET", "/api/uncertain"),
    ("POST", "/api/settle"),
    ("GET", "/api/credits"),
    ("POST", "/api/credits/redeem"),
    ("POST", "/api/credits/reports"),
    ("POST", "/api/row"),
    ("GET", "/api/check"),
    ("GET", "/api/analysis"),
    ("GET", "/api/match"),
    ("GET", "/api/tags"),
    ("POST", "/api/tags"),
    ("GET", "/api/runs"),
    ("GET", "/api/retention"),
    ("POST", "/api/retention/announce"),
    ("POST", "/api/retention/erase"),
    ("POST", "/api/person/find"),
    ("POST", "/api/person"),
    ("POST", "/api/person/erase"),
    ("POST", "/api/import/preview"),
    ("POST", "/api/import"),
    ("POST", "/api/import/undo"),
    ("GET", "/api/imports"),
    ("GET", "/api/follow-ups"),
    ("GET", "/api/consents"),
    ("POST", "/api/consents"),
    ("POST", "/api/campaigns"),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory, demo_bytes):
    folder = tmp_path_factory.mktemp("served")
    book = folder / "book.xlsx"
    book.write_bytes(demo_bytes)
    paces = dict.fromkeys(("read", "letters", "write", "send", "test", "small"), 1_000_000)
    with running_service(book, carrier=f"outbox:{folder / 'out'}", now=TUESDAY, paces=paces) as service:
        yield service


@pytest.fixture(scope="module")
def schema(served):
    return schemathesis.openapi.from_dict(served.browser.get("/openapi.json").json())


def test_every_call_is_described_and_asked_below(schema, served):
    described = served.browser.get("/openapi.json").json()["paths"]

    assert {(method.upper(), path) for path, calls in described.items() for method in calls} == set(CALLS)


def test_the_table_of_the_documentation_has_every_call_and_no_other():
    table = DOCUMENT.read_text(encoding="utf-8").partition("| call |")[2].partition("\n\n")[0]
    told = set()
    for row in table.splitlines()[2:]:
        for method, names in re.findall(r"(GET|POST) ((?:`[^`]+`(?:, )?)+)", row.split(" | ")[0]):
            told |= {(method, f"/api/{name}") for name in re.findall("`([^`]+)`", names)}

    assert told == set(CALLS)


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_whatever_is_asked_ends_in_good_order(schema, served, method, path):
    cookies = dict(served.browser.cookies)

    @settings(max_examples=15, database=None, suppress_health_check=list(HealthCheck))
    def ask(case):
        answer = case.call(base_url=served.root, headers=OURS, cookies=cookies)
        case.validate_response(answer, checks=CHECKS)

    ask_all(schema[path][method], ask)


def ask_all(operation, ask):
    """Ask what the description allows, and what it forbids."""
    from hypothesis import given

    for mode in schemathesis.GenerationMode:
        given(case=operation.as_strategy(generation_mode=mode))(ask)()
