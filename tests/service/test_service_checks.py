"""What `relay doctor` and `relay check` tell whoever sets up the service on Cloud Run."""

import pytest

from tests.service.cloud_service import HANAKO, KEY, store_of, write_config


@pytest.fixture
def looked(relay, monkeypatch, google):
    """What the doctor finds of the service, by name: None where all is well."""
    monkeypatch.setenv("RELAY_GOOGLE_EMULATOR_HOST", google.address)
    monkeypatch.setenv("RELAY_SIGNING_KEY", KEY)

    def run(config, code=7):
        checks = relay("doctor", "--carrier", "outbox:out", "--lang", "en", code=code, config=config)["checks"]
        return {one["name"]: None if one["ok"] else one["text"] for one in checks if one["name"].startswith("service")}

    return run


def test_a_service_that_is_set_up_is_found_well(looked, google, tmp_path):
    store = store_of(google, HANAKO)

    found = looked(write_config(tmp_path, store.id), code=0)

    assert found == {"service": None, "service_key": None, "service_sharing": None}


def test_everything_that_lacks_is_named(looked, google, tmp_path, monkeypatch):
    monkeypatch.setenv("RELAY_SIGNING_KEY", "short")
    config = write_config(tmp_path, "1" * 44, audiences=[], domains=[], editors={"2" * 44: HANAKO})

    found = looked(config)

    assert "service.audiences" in found["service"]
    assert "service.domains" in found["service"]
    assert "service.editors[2].workbook" in found["service"]
    assert "RELAY_SIGNING_KEY" in found["service_key"]
    assert "not shared" in found["service_sharing"]


def test_on_cloud_run_a_key_must_be_there(looked, google, tmp_path, monkeypatch):
    monkeypatch.setenv("RELAY_SIGNING_KEY", "")
    config = write_config(tmp_path, store_of(google, HANAKO).id)
    elsewhere = looked(config, code=0)["service_key"]
    monkeypatch.setenv("K_SERVICE", "relay")

    assert elsewhere is None
    assert "RELAY_SIGNING_KEY_FILE" in looked(config)["service_key"]


def test_who_has_no_service_hears_nothing_of_it(looked):
    from tests.commands.conftest import CONFIG

    assert looked(CONFIG, code=0) == {}


def test_check_tells_what_the_service_lacks(relay, book, tmp_path):
    config = write_config(tmp_path, "1" * 44, domains=[])

    found = relay("check", "book.xlsx", "--lang", "en", code=7, config=config)["problems"]

    assert ("service.domains", "configuration") in {(one["where"], one["name"]) for one in found}
