"""docs/partners.md tells partners how to sign: its examples are run as they stand, and its test vector holds."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sheets_automation.service.partner_webhook import _TEXTS, signature
from tests.partners.webhook_house import SECRET, an_event, webhook

PAGE = (Path(__file__).parents[2] / "docs" / "partners.md").read_text()


def block(language):
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[1]


@pytest.fixture
def house(tmp_path):
    with webhook(tmp_path, now=lambda: datetime.now(UTC)) as house:
        yield house


def test_the_test_vector_is_what_comes_out():
    told = dict(re.findall(r"^\| (secret|timestamp|body|signature) \| `(.*)` \|$", PAGE, re.MULTILINE))

    assert f"v1={signature(told['timestamp'], told['body'].encode(), told['secret'])}" == told["signature"]
    assert f"X-Relay-Signature: {told['signature']}\n\n{told['body']}\n" in PAGE


def test_the_example_in_python_reports_an_event(house):
    example = {}
    exec(block("python"), example)  # noqa: S102 - our own document

    answer = example["report"](f"http://127.0.0.1:{house.port}/partner/mirai/events", SECRET, [an_event()])

    assert answer == {"accepted": 1, "known": 0}
    assert len(house.records) == 1


def test_the_example_with_curl_reports_an_event_and_again_is_known(house):
    environment = {
        "PATH": "/usr/bin:/bin",
        "SECRET": SECRET,
        "URL": f"http://127.0.0.1:{house.port}/partner/mirai/events",
    }

    answers = [
        json.loads(
            subprocess.run(["bash", "-c", block("bash")], env=environment, capture_output=True, check=True).stdout
        )
        for _ in range(2)
    ]

    assert answers == [{"accepted": 1, "known": 0}, {"accepted": 0, "known": 1}]


def test_every_refusal_is_explained():
    assert [name for name in _TEXTS if f"`{name}`" not in PAGE and name != "too_many"] == []
