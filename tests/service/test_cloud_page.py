"""The page on Cloud Run in a real browser, behind a proxy that says who it is."""

import pytest

from tests.chromium import browser
from tests.page.visitor import Visitor
from tests.service.cloud_service import HANAKO, NAMES, PROXIED, running_cloud, store_of, write_config


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def store(google):
    return store_of(google, HANAKO)


@pytest.fixture
def cloud(google, store, tmp_path):
    config = write_config(tmp_path, store.id, iap_audience=PROXIED)
    with running_cloud(google, config) as cloud:
        yield cloud


@pytest.fixture
def hanako(chromium, cloud):
    """Her browser: the proxy adds what it knows of her to each request."""
    visitor = Visitor(chromium)
    assertion = cloud.google.control.proxy_assertion(HANAKO, PROXIED)
    if not chromium._session:
        chromium.open("about:blank")
    chromium.call("Network.enable")
    chromium.call("Network.setExtraHTTPHeaders", headers={"X-Goog-IAP-JWT-Assertion": assertion})
    yield visitor
    chromium.call("Network.setExtraHTTPHeaders", headers={})


def test_the_page_shows_the_spreadsheet_that_its_address_names(hanako, cloud, store):
    hanako.visit(f"{cloud.root}/?workbook={store.id}")

    hanako.until(f"document.body.innerText.includes('{HANAKO}')")

    shown = hanako.evaluate("document.body.textContent")
    assert [name for name in NAMES if name not in shown] == []


def test_the_page_says_what_to_do_where_the_address_names_none_of_ours(hanako, cloud):
    hanako.visit(f"{cloud.root}/?workbook={'1' * 44}", awaits="main")

    hanako.until("document.body.innerText.includes('編集する権限がない')")


def test_what_changes_something_comes_from_the_page_and_is_let_in(hanako, cloud, store):
    hanako.visit(f"{cloud.root}/?workbook={store.id}")

    answer = hanako.evaluate(
        "import('./api.js').then(({ api }) => api.plan().then(({ plan }) => api.approve({ plan, without: [] })))"
    )

    assert answer["state"] == "approved"
