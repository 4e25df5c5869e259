"""Who may work in which spreadsheet: whoever may edit it, though the service could open others too."""

from datetime import UTC, datetime

import httpx
import pytest

from sheets_automation.google.identity import Member
from sheets_automation.google.sharing import Line, Standing, standing_of
from sheets_automation.google.signin import SHARING
from tests.commands.google_house import RUNTIME
from tests.plain_http import NO_CERTIFICATES
from tests.service.cloud_service import HANAKO, TARO, running_cloud, store_of, write_config


@pytest.fixture
def store(google):
    return store_of(google, HANAKO)


@pytest.fixture
def other(google):
    return store_of(google, TARO, names=("田中 一",))


@pytest.fixture
def config(store, other, tmp_path):
    return write_config(tmp_path, store.id, other.id)


@pytest.fixture
def cloud(google, config):
    with running_cloud(google, config) as cloud:
        yield cloud


def refused(visitor, code=403, path="plan"):
    answer = visitor.ask("GET", f"/api/{path}")
    assert answer.status_code == code, answer.text
    return answer.json()["error"]


def test_each_sees_the_spreadsheet_that_they_may_edit_and_no_other(cloud, store, other):
    assert {letter["name"] for letter in cloud.visitor(store.id).get("plan")["letters"]} >= {"佐藤 花"}
    assert [one["name"] for one in cloud.visitor(other.id, TARO).get("plan")["letters"]] == ["田中 一"]

    for visitor in (cloud.visitor(other.id), cloud.visitor(store.id, TARO)):
        assert refused(visitor)["name"] == "not_allowed"


@pytest.mark.parametrize("path", ["session", "plan", "uncertain", "credits", "check", "analysis", "runs"])
def test_no_call_whatever_answers_a_stranger(cloud, other, path):
    assert refused(cloud.visitor(other.id), path=path)["name"] == "not_allowed"


def test_no_change_is_made_for_a_stranger(cloud, other):
    before = other.look()
    stranger = cloud.visitor(other.id)

    for path, body in (
        ("approvals", {"plan": "x"}),
        ("send", {"approval": "x"}),
        ("undo", {"approval": "x"}),
        ("settle", {"ids": ["C-1"], "word": "sent"}),
        ("test", {"ids": ["C-1"], "to": "a@example.com"}),
        ("letters", {"ids": ["C-1"], "plan": "x"}),
        ("credits/redeem", {"amount": 1}),
    ):
        assert stranger.post(path, code=403, **body)["error"]["name"] == "not_allowed"

    assert other.look() == before


@pytest.mark.parametrize("role", ["reader", "commenter"])
def test_whoever_may_only_look_may_not_work_in_it(google, cloud, store, role):
    google.control.share(store.id, TARO, role)

    refused(cloud.visitor(store.id, TARO))


def test_a_link_for_anyone_is_a_right_of_nobody(google, cloud, store):
    google.control.edit("share", fileId=store.id, type="anyone", role="writer")

    refused(cloud.visitor(store.id, TARO))


def test_an_organisation_that_may_edit_lets_its_people_in(google, cloud, store):
    google.control.edit("share", fileId=store.id, type="domain", role="writer", email="minato.example")

    cloud.visitor(store.id, TARO).get("plan")


def test_another_organisation_that_may_edit_does_not(google, cloud, store):
    google.control.edit("share", fileId=store.id, type="domain", role="writer", email="partner.example")

    refused(cloud.visitor(store.id, TARO))


def test_whoever_stands_far_down_in_a_long_share_dialog_is_found(google, cloud, store):
    for number in range(101):
        google.control.share(store.id, f"colleague{number}@minato.example", "reader")
    google.control.share(store.id, TARO)

    cloud.visitor(store.id, TARO).get("session")


def test_a_group_cannot_be_looked_into_and_the_way_out_is_said(google, cloud, store):
    google.control.edit("share", fileId=store.id, type="group", role="writer", email="hr@minato.example")

    assert "editors" in refused(cloud.visitor(store.id, TARO))["text"]


class TestPeopleWhomTheOperatorVouchesFor:
    """[service] editors stands in for a group, and for nothing else."""

    @pytest.fixture
    def config(self, store, other, tmp_path):
        return write_config(tmp_path, store.id, other.id, editors={store.id: "Taro@minato.example"})

    def test_count_while_a_group_may_edit_the_spreadsheet(self, google, cloud, store):
        google.control.edit("share", fileId=store.id, type="group", role="writer", email="hr@minato.example")

        cloud.visitor(store.id, TARO).get("plan")

    def test_count_no_longer_once_no_group_may(self, google, cloud, store):
        google.control.edit("share", fileId=store.id, type="group", role="reader", email="hr@minato.example")

        refused(cloud.visitor(store.id, TARO))

    def test_count_for_that_spreadsheet_alone(self, google, cloud, other):
        google.control.edit("share", fileId=other.id, type="group", role="writer", email="hr@minato.example")

        refused(cloud.visitor(other.id, "jiro@minato.example"))


def test_a_spreadsheet_that_is_not_on_the_list_cannot_be_named_even_by_its_editor(google, cloud):
    private = store_of(google, HANAKO)
    calls = len(google.control.calls())

    error = refused(cloud.visitor(private.id))

    assert error == refused(cloud.visitor("1" * 44))  # nobody learns which ones there are
    assert [call["path"] for call in google.control.calls()[calls:] if private.id in call["path"]] == []


@pytest.mark.parametrize(
    "named",
    [
        "",
        "x",
        "{id}/../{other}",
        "{id}?alt=media",
        "{id}%2f",
        "../{id}",
        "https://docs.google.com/spreadsheets/d/{id}",
        "book.xlsx",
        "/etc/passwd",
        "{id} {other}",
        "{id},{other}",
        "A" * 5000,
    ],
)
def test_a_name_that_is_no_id_is_no_request(cloud, store, other, named):
    visitor = cloud.visitor()
    headers = {"x-relay-workbook": named.format(id=store.id, other=other.id)}

    answer = visitor.ask("GET", "/api/plan", headers=headers)

    assert (answer.status_code, answer.json()["error"]["name"]) == (400, "bad_request")


def test_of_two_names_neither_counts(cloud, store, other):
    visitor = cloud.visitor()
    headers = [*visitor.headers.items(), ("x-relay-workbook", store.id), ("X-Relay-Workbook", other.id)]

    assert httpx.get(f"{cloud.root}/api/plan", headers=headers, verify=NO_CERTIFICATES).status_code == 400


def test_looking_again_asks_drive_once_and_a_refusal_is_never_kept(google, cloud, store):
    def asked():
        return len(google.control.calls("drive.permissions.list"))

    for _ in range(4):
        cloud.visitor(store.id).get("session")
    looked = asked()
    taro = cloud.visitor(store.id, TARO)
    refused(taro)
    google.control.share(store.id, TARO)

    taro.get("session")

    assert (looked, asked()) == (1, 3)


def test_a_right_is_believed_for_a_moment_only(google, cloud, store):
    visitor = cloud.visitor(store.id)
    visitor.get("session")
    google.control.edit("unshare", fileId=store.id, email=HANAKO)
    believed = visitor.ask("GET", "/api/session").status_code

    later = cloud.gate.rights.monotonic
    cloud.gate.rights.monotonic = lambda: later() + 60

    assert (believed, visitor.ask("GET", "/api/session").status_code) == (200, 403)


def test_whoever_lost_the_right_between_approval_and_send_sends_nothing(google, cloud, store):
    visitor = cloud.visitor(store.id)
    approval = visitor.approve()
    google.control.edit("unshare", fileId=store.id, email=HANAKO)

    refusal = visitor.post("send", code=403, approval=approval)

    assert refusal["error"]["name"] == "not_allowed"
    assert google.control.ledger() == []


def test_strangers_cannot_make_us_ask_drive_without_end(google, cloud, other):
    stranger = cloud.visitor(other.id)
    cloud.gate.rights._pace.monotonic = lambda: 0.0  # the minute does not pass

    answers = [stranger.ask("GET", "/api/session") for _ in range(61)]

    assert {answer.status_code for answer in answers[:60]} == {403}
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


def test_drive_in_trouble_lets_nobody_in_and_accuses_nobody(google, cloud, store):
    google.control.fault("drive.permissions.list", "status", status=503, every=1)

    assert refused(cloud.visitor(store.id), code=503)["name"] == "workbook_unreachable"


class TestTheAccountOfTheService:
    """It runs as an account of its own, with no more than it needs."""

    @pytest.fixture
    def config(self, google, store, other, tmp_path, monkeypatch):
        monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path / "gcloud"))  # nobody is signed in on this computer
        google.control.instance_account(RUNTIME)
        path = write_config(tmp_path, store.id, other.id)
        text = (tmp_path / "cloud.toml").read_text(encoding="utf-8")
        (tmp_path / "cloud.toml").write_text(text.replace('sign_in = "" ', 'sign_in = "adc" '), encoding="utf-8")
        return path

    def test_sees_who_may_edit_and_opens_what_is_shared_with_it(self, google, cloud, store):
        google.control.share(store.id, RUNTIME)

        assert cloud.visitor(store.id).get("plan")["counts"]["letters"] == 4
        assert {call["user"] for call in google.control.calls("drive.permissions.list")} == {RUNTIME}

    @pytest.mark.parametrize("role", ["", "reader"])
    def test_opens_nothing_else_and_says_what_to_do(self, google, cloud, store, role):
        if role:
            google.control.share(store.id, RUNTIME, role)

        error = refused(cloud.visitor(store.id))

        assert error["name"] == "workbook_access"
        assert "編集者" in error["text"]

    def test_says_where_the_interface_of_drive_is_switched_off(self, google, cloud, store):
        google.control.disable_api("drive", "relay-run")

        assert "Drive" in refused(cloud.visitor(store.id))["text"]

    def test_may_only_look_at_the_sharing(self):
        assert SHARING == "https://www.googleapis.com/auth/drive.metadata.readonly"


MEMBER = Member(address=HANAKO, domain="minato.example")
MOMENT = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "standing"),
    [
        (Line(kind="user", role="owner", address=HANAKO), Standing.EDITS),
        (Line(kind="user", role="writer", address="Hanako@Minato.example"), Standing.EDITS),
        (Line(kind="user", role="organizer", address=HANAKO), Standing.EDITS),
        (Line(kind="user", role="fileOrganizer", address=HANAKO), Standing.EDITS),
        (Line(kind="user", role="commenter", address=HANAKO), Standing.STRANGER),
        (Line(kind="user", role="writer", address="xhanako@minato.example"), Standing.STRANGER),
        (Line(kind="user", role="writer", address=HANAKO, is_deleted=True), Standing.STRANGER),
        (Line(kind="user", role="writer", address=HANAKO, expires="2026-11-23T00:00:00Z"), Standing.STRANGER),
        (Line(kind="user", role="writer", address=HANAKO, expires="2026-11-25T00:00:00Z"), Standing.EDITS),
        (Line(kind="user", role="writer", address=HANAKO, expires="soon"), Standing.STRANGER),
        (Line(kind="user", role="superuser", address=HANAKO), Standing.STRANGER),
        (Line(kind="group", role="writer", address=HANAKO), Standing.PERHAPS),
        (Line(kind="group", role="reader", address=HANAKO), Standing.STRANGER),
        (Line(kind="domain", role="writer", domain="MINATO.example"), Standing.EDITS),
        (Line(kind="domain", role="writer"), Standing.STRANGER),
        (Line(kind="anyone", role="writer"), Standing.STRANGER),
        (Line(kind="anyone", role="writer", domain="minato.example", address=HANAKO), Standing.STRANGER),
    ],
)
def test_a_line_of_the_share_dialog_means_what_it_says(line, standing):
    assert standing_of(MEMBER, [line], MOMENT) is standing
