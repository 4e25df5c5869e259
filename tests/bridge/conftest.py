"""A spreadsheet in Google with the project in it, the service behind it, and a person with the sidebar before them."""

import re
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.bridge.stage import running_stage
from tests.carriers.mail_server import MailServer
from tests.service.cloud_service import HANAKO, SCRIPT, running_cloud, store_of, write_config

NAMES = ("佐藤 花", "佐藤 学", "佐藤 葵", "佐藤 光", "佐藤 空", "佐藤 海")


@pytest.fixture(scope="session")
def stage_process():
    with running_stage() as stage:
        yield stage


@pytest.fixture
def stage(stage_process):
    """Apps Script, as new: nothing is set up, nobody has agreed to anything."""
    stage_process.sets(**stage_process.as_new)
    return stage_process


@pytest.fixture
def store(google):
    return store_of(google, HANAKO, names=NAMES)


@pytest.fixture
def mail():
    with MailServer().running() as server:
        yield server


@pytest.fixture
def opened(google, store, stage, mail, tmp_path):
    """Serve the spreadsheet, and open it as somebody; more than three letters need a typed number."""
    with ExitStack() as stack:

        def start(who=HANAKO, audience=SCRIPT, **more):
            config = Path(write_config(tmp_path, store.id))
            text, found = re.subn(r"max_letters_per_run = \d+", "max_letters_per_run = 3", config.read_text())
            assert found == 1
            config.write_text(text)
            carrier = f"smtp://127.0.0.1:{mail.port}"
            cloud = stack.enter_context(running_cloud(google, str(config), carrier=carrier, **more))
            stage.sets(
                token=google.control.identity_token(who, audience),
                spreadsheet={"id": store.id, "root": f"http://{google.address}", "token": "owner"},
            )
            stage.reaches(cloud.root)
            return cloud

        yield start


class Sidebar:
    """What the project shows beside the sheet, in a browser as narrow as that is."""

    def __init__(self, visitor, stage, *, awaits="main h1", width=300, **screen):
        self.visitor, self.stage = visitor, stage
        self.screen = {"width": width, "height": 720, **screen}
        self.visitor.visit(stage.page, awaits=awaits, **self.screen)

    def reopens(self, awaits="main h1", **screen):
        """Look at what was shown last, as Google puts it into the old one's place."""
        self.visitor.visit(self.stage.page, awaits=awaits, **{**self.screen, **screen})
