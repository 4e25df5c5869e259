"""The project as a whole: what it asks for, that it shows the page of the service, and the names of both sides."""

import json
import re
import subprocess

import pytest

from apps_script_bridge.join_page import PAGE, pages
from sheets_automation.service import identity_gate
from sheets_automation.service.api import Api
from sheets_automation.service.house import House
from sheets_automation.service.pace import PACES, Pace
from tests.bridge.contract import CONTRACT
from tests.bridge.stage import PROJECT

MANIFEST = json.loads((PROJECT / "appsscript.json").read_text(encoding="utf-8"))
SCOPE = "https://www.googleapis.com/auth/"


def text_of(name):
    return (PROJECT / name).read_text(encoding="utf-8")


def test_the_project_asks_for_the_least():
    assert MANIFEST["oauthScopes"] == [
        "openid",
        f"{SCOPE}userinfo.email",
        f"{SCOPE}script.external_request",
        f"{SCOPE}script.container.ui",
        f"{SCOPE}spreadsheets.currentonly",
    ]
    assert (MANIFEST["runtimeVersion"], MANIFEST["timeZone"]) == ("V8", "Asia/Tokyo")


def test_what_goes_wrong_is_written_to_no_log_since_its_words_may_name_people():
    assert MANIFEST["exceptionLogging"] == "NONE"


def test_the_project_can_call_one_address_only_and_whoever_installs_it_has_to_name_it():
    (prefix,) = MANIFEST["urlFetchWhitelist"]

    assert re.fullmatch(r"https://put-the-address-[a-z-]+\.run\.app/", prefix)


@pytest.mark.parametrize("name", ["PageStyle.html", "PageScript.html"])
def test_the_sidebar_shows_the_very_page_of_the_service(name):
    assert text_of(name) == pages()[name], "run: python apps_script_bridge/join_page.py"


def test_nothing_in_the_page_means_something_else_to_googles_templates():
    """A scriptlet would be run, an end of script would end it, and Google cuts template strings at two slashes."""
    made = pages()
    script = made["PageScript.html"].removeprefix("<script>").removesuffix("</script>\n")

    assert not re.search(r"<\?|</script|<!--", script)
    assert "</style" not in made["PageStyle.html"].removesuffix("</style>\n")
    assert [one for one in re.findall(r"`[^`]*`", script) if "//" in one] == []


def test_every_entry_of_the_menu_leads_to_a_place_of_the_page():
    shell = (PAGE / "shell.js").read_text(encoding="utf-8")
    places = set(re.findall(r"(\w+): \w+View", shell))

    assert {entry["place"] for entry in CONTRACT["menu"]} - {""} <= places


def test_the_page_calls_what_the_project_lets_it_call():
    source = "".join(path.read_text(encoding="utf-8") for path in PAGE.glob("*.js"))
    called = set(re.findall(r'ask\("(\w+)"', source)) | {"callService"} & set(re.findall(r"\.(\w+)\(method,", source))

    assert called == {"callService", "goToRow", "openPage"}
    assert called <= set(CONTRACT["calledByPages"])


def test_the_headers_of_a_call_are_those_that_the_service_reads():
    assert CONTRACT["headers"]["workbook"].lower() == identity_gate.WORKBOOK
    assert CONTRACT["headers"]["person"] == "Authorization"


def test_every_call_of_the_service_lies_below_the_path_of_the_contract():
    routes = Api(House(workbook=""), "cloud", Pace(PACES)).router().routes

    assert routes
    assert [route.path for route in routes if not route.path.startswith(CONTRACT["paths"])] == []


def test_the_documents_of_the_service_have_the_fields_that_the_project_reads(opened, stage):
    opened()
    documents = {
        "session": stage.calls("GET", "/api/session"),
        "error": stage.calls("GET", "/api/letters/nobody?plan=none"),
    }

    assert (documents["session"][0], documents["error"][0] >= 400) == (200, True)
    for name, fields in CONTRACT["facts"].items():
        for field in fields:
            value = documents[name][1]
            for step in field.split("."):
                value = value[step]
            assert value, field


def test_what_npm_brings_is_pinned_by_digest_and_names_no_server():
    lock = json.loads(text_of("package-lock.json"))
    wanted = json.loads(text_of("package.json"))["devDependencies"]

    packages = {name.removeprefix("node_modules/"): facts for name, facts in lock["packages"].items() if name}
    assert {name: facts["version"] for name, facts in packages.items()} == wanted
    assert all(facts["integrity"].startswith("sha512-") for facts in packages.values())
    assert "http" not in text_of("package-lock.json")


def test_clasp_pushes_the_project_and_nothing_else():
    rules = text_of(".claspignore").split()

    assert rules == ["**/**", "!appsscript.json", "!*.js", "!*.html"]
    assert {path.suffix for path in (PROJECT / "tests").iterdir()} == {".mjs"}, "clasp pushes every .js that it may"


def test_the_types_are_right_and_the_pure_parts_do_what_they_say():
    """`make bridge` does it, which every test run begins with; here only that it is part of it."""
    makefile = (PROJECT.parent / "Makefile").read_text(encoding="utf-8")

    assert re.search(r"^test:\n(?:\t.*\n)*\t.*\bbridge\b", makefile, re.MULTILINE)
    done = subprocess.run(["node", "--test"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
