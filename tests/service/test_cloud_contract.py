"""The interface on Cloud Run is the same as on one computer: whatever its description allows ends in good order."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from sheets_automation.service.app import make_app
from sheets_automation.service.gate import Actor
from sheets_automation.service.house import House
from sheets_automation.service.local_gate import LocalGate
from sheets_automation.service.pace import PACES
from tests.service.cloud_service import HANAKO, SCRIPT, bearing, running_cloud, store_of, write_config
from tests.service.test_contract import CALLS, CHECKS


@pytest.fixture(scope="module")
def served(google_process, tmp_path_factory):
    google_process.control.reset()
    google_process.control.quotas(enabled=False)
    store = store_of(google_process, HANAKO)
    folder = tmp_path_factory.mktemp("served")
    paces = dict.fromkeys(PACES, 1_000_000)
    with running_cloud(
        google_process, write_config(folder, store.id), carrier=f"outbox:{folder / 'out'}", paces=paces
    ) as cloud:
        cloud.gate.rights._pace.per_minute = {"rights": 1_000_000}
        cloud.store = store
        yield cloud


@pytest.fixture(scope="module")
def schema():
    """The description that `relay open` gives: `relay serve` gives none."""
    app = make_app(House(workbook="book.xlsx"), LocalGate(port=1, actor=Actor(name="x")))
    return schemathesis.openapi.from_dict(app.openapi())


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize("who", ["an editor", "nobody"])
def test_whatever_is_asked_ends_in_good_order(schema, served, method, path, who):
    token = served.google.control.identity_token(HANAKO, SCRIPT)
    headers = bearing(token, served.store.id) if who == "an editor" else {"x-relay-workbook": served.store.id}

    @settings(max_examples=8, database=None, suppress_health_check=list(HealthCheck))
    def ask(case):
        answer = case.call(base_url=served.root, headers=headers)
        case.validate_response(answer, checks=CHECKS)
        assert who == "an editor" or answer.status_code == 401

    for mode in schemathesis.GenerationMode:
        given(case=schema[path][method].as_strategy(generation_mode=mode))(ask)()
