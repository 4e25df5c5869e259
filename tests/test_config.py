import tomllib
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.config import Config, ConfigurationWrong, find_config, load_config, read_config
from sheets_automation.config.consistency import missing_for_sending
from sheets_automation.config.reading import _read_section, shape_of
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.headings import Field

EXAMPLE = Path(__file__).parents[1] / "config" / "example.toml"


def problems_of(text):
    with pytest.raises(ConfigurationWrong) as caught:
        read_config(text, "relay.toml")
    return caught.value.problems


def keys_of_the_schema(shapes, path=""):
    for name, shape in shapes.items():
        below = shape[0] if isinstance(shape, list) else shape
        if isinstance(below, type):
            yield from keys_of_the_schema(shape_of(below), f"{path}{name}.")
        elif isinstance(below, dict):
            yield from keys_of_the_schema(below, f"{path}{name}.")
        else:
            yield f"{path}{name}"


def keys_of_the_document(values, path=""):
    for name, value in values.items():
        for item in value if isinstance(value, list) and value and isinstance(value[0], dict) else [value]:
            if isinstance(item, dict):
                yield from keys_of_the_document(item, f"{path}{name}.")
            else:
                yield f"{path}{name}"


class TestTheExample:
    def test_is_valid_as_it_stands_and_enough_for_sending(self):
        assert list(missing_for_sending(load_config(EXAMPLE))) == []

    def test_mentions_every_key_and_no_other(self):
        document = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))

        assert set(keys_of_the_document(document)) == set(keys_of_the_schema(shape_of(Config)))

    def test_explains_every_key_beside_it(self):
        for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
            if " = " in line and not line.startswith(("#", "signature", "template", "tag")):
                assert "  # " in line, line

    @pytest.mark.parametrize(
        "section", ["workbook", "decisions", "tags", "media", "guards", "window", "smtp", "google", "excel"]
    )
    def test_shows_the_built_in_values(self, section):
        assert getattr(load_config(EXAMPLE), section) == getattr(Config(), section)


def test_an_empty_file_means_the_built_in_values():
    assert read_config("", "relay.toml") == Config()


def test_values_of_every_kind_are_read():
    config = read_config(
        """
        [window]
        start = 10:00:00
        end = "17:30"
        days = ["Mon", "tuesday"]
        closed = [2026-12-29, "2026-12-30"]
        [headings]
        name = ["お名前（漢字）"]
        [guards]
        min_delay_hours = 36.5
        [[partners]]
        id = "a"
        name = "A社"
        """,
        "relay.toml",
    )

    assert (config.window.start, config.window.end) == (time(10), time(17, 30))
    assert config.window.days == (0, 1)
    assert config.window.closed == (date(2026, 12, 29), date(2026, 12, 30))
    assert config.headings == {Field.NAME: ("お名前（漢字）",)}
    assert config.guards.min_delay_hours == 36.5
    assert config.partners[0].per_credit == 10


@pytest.mark.parametrize(
    ("text", "key", "en"),
    [
        ("[gards]\nx = 1", "gards", "gards does not exist. Did you mean guards?"),
        ("[guards]\nmin_dely_hours = 3", "guards.min_dely_hours", "Did you mean min_delay_hours?"),
        ("[excel]\nzzz = 3", "excel.zzz", "There are: keep_backups."),
        ("[headings]\nnmae = []", "headings.nmae", "Did you mean name?"),
        ("[guards]\nmin_delay_hours = -1", "guards.min_delay_hours", "a number from 0 to 720 (it is -1)"),
        ("[guards]\nmin_delay_hours = nan", "guards.min_delay_hours", "a number from 0 to 720"),
        ("[guards]\ndaily_limit = true", "guards.daily_limit", "a whole number from 1 to 100000 (it is true)"),
        ("[guards]\ndaily_limit = 2.5", "guards.daily_limit", "(it is 2.5)"),
        ('[guards]\nrequire_approval = "yes"', "guards.require_approval", 'true or false (it is "yes")'),
        ("[company]\nname = 5", "company.name", "text in quotes"),
        ('[company]\nname = "a\\u0000"', "company.name", "text in quotes"),
        ('[sender]\naddress = "saiyo@"', "sender.address", "one mail address"),
        ('[sender]\naddress = "a@example.jp, b@example.jp"', "sender.address", "one mail address"),
        ('[workbook]\nlog_tab = "a/b"', "workbook.log_tab", "a tab name"),
        ('[workbook]\nlog_tab = ""', "workbook.log_tab", "a tab name"),
        ('[workbook]\ntimezone = "Tokyo"', "workbook.timezone", "the name of a time zone"),
        ('[workbook]\ntimezone = "../etc/passwd"', "workbook.timezone", "the name of a time zone"),
        ('[workbook]\nlanguage = "fr"', "workbook.language", 'one of "ja", "en"'),
        ('[tags]\nhold = "保留"', "tags.hold", "a list of texts"),
        ('[tags]\nhold = ["保留", ""]', "tags.hold", "a list of texts"),
        ("[headings]\nname = [1]", "headings.name", "a list of texts"),
        ('[window]\nstart = "25:00"', "window.start", "a time of day"),
        ('[window]\ndays = ["xyz"]', "window.days", "a list of weekdays"),
        ('[window]\nclosed = ["12/29"]', "window.closed", "a list of dates"),
        ('[referral]\nbase_url = "http://example.com"', "referral.base_url", "begins with https://"),
        ('[referral]\nbase_url = "https://a@example.com"', "referral.base_url", "begins with https://"),
        ('[referral]\nallowed_domains = ["https://example.com"]', "referral.allowed_domains", "a list of domain names"),
        ("guards = 5", "guards", "guards is a section: write [guards]"),
        ("[partners]\nid = 'x'", "partners", "write [[partners]]"),
        ("[[partners]]\nid = 'x'", "partners[1].name", "partners[1].name is missing"),
        ("[[partners]]\nid = ''\nname = 'x'", "partners[1].id", "not empty"),
        ("[[letters.rules]]\ntag = 'x'", "letters.rules[1].template", "is missing"),
        ('[window]\nstart = "18:00"', "window.end", "must be later than window.start (18:00)"),
        ("[window]\ndays = []", "window.days", "at least one weekday"),
        ('[decisions]\nrejected = ["済"]\nhired = ["済 "]', "decisions.hired", "both decisions.rejected and"),
        ('[workbook]\nlog_tab = "設定"', "workbook", 'the tab name "設定" 2 times'),
        ("[[partners]]\nid='a'\nname='b'\n[[partners]]\nid='a'\nname='c'", "partners", 'the id "a" 2 times'),
    ],
)
def test_each_kind_of_mistake_has_its_sentence(text, key, en):
    problem = problems_of(text)[0]

    assert problem.key == key
    assert en in problem.en
    assert problem.ja.endswith("。")


def test_all_mistakes_are_told_at_once_with_the_file():
    with pytest.raises(ConfigurationWrong) as caught:
        read_config('[guards]\ndaily_limit = 0\nx = 1\n[company]\nname = 1\n[[partners]]\ncounts = "x"', "relay.toml")

    assert [p.key for p in caught.value.problems] == [
        *("guards.daily_limit", "guards.x", "company.name"),
        *("partners[1].counts", "partners[1].id", "partners[1].name"),
    ]
    assert caught.value.en.startswith("6 to correct in the configuration relay.toml:\n- ")
    assert "relay.toml に直すところが 6 か所" in caught.value.ja


@pytest.mark.parametrize(
    "text",
    [
        '[smtp]\npassword = "hunter2"',
        '[smtp]\nSMTP_Passwd = "hunter2"',
        'api_key = "hunter2"',
        '[gmail]\nrefresh_token = "hunter2"',
        '[company]\nclient_secret = "hunter2"',
        '[company]\ncontact = "smtp://hr:hunter2@mail.example.com"',
        '[company]\n"パスワード" = "hunter2"',
    ],
)
def test_a_secret_is_refused_with_where_it_belongs_and_is_not_repeated(text):
    with pytest.raises(ConfigurationWrong) as caught:
        read_config(text, "relay.toml")

    said = caught.value.en + caught.value.ja
    assert "hunter2" not in said
    assert "RELAY_SMTP_PASSWORD" in caught.value.en or "gmail does not exist" in caught.value.en


_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.times()
_KEYS = st.sampled_from([*keys_of_the_schema(shape_of(Config)), "guards.x", "x", "partners", "letters.rules", "window"])


@given(_KEYS, st.recursive(_SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner)))
def test_any_value_anywhere_is_read_or_clearly_refused(key, value):
    found = []
    document = value
    for part in reversed(key.split(".")):
        document = {part: document}

    config = _read_section(Config, document, "", found.append)

    assert isinstance(config, Config)
    assert all(problem.ja and problem.en for problem in found)


def test_broken_toml_names_the_line():
    with pytest.raises(ConfigurationError, match="line 2") as caught:
        read_config("[guards]\nmin_delay_hours 24", "relay.toml")

    assert "relay.toml" in caught.value.ja


def test_a_file_from_notepad_is_read(tmp_path):
    path = tmp_path / "relay.toml"
    path.write_bytes('[company]\r\nname = "みなと"\r\n'.encode("utf-8-sig"))

    assert load_config(path).company.name == "みなと"


def test_a_file_that_is_not_utf_8_says_so(tmp_path):
    path = tmp_path / "relay.toml"
    path.write_bytes('[company]\nname = "みなと"'.encode("cp932"))

    with pytest.raises(ConfigurationError, match="UTF-8"):
        load_config(path)


def test_a_file_that_cannot_be_opened_says_so(tmp_path):
    with pytest.raises(ConfigurationError, match="Cannot open"):
        load_config(tmp_path)


def test_without_name_and_address_nobody_can_be_written_to():
    assert [problem.key for problem in missing_for_sending(Config())] == ["company.name", "sender.address"]


class TestFinding:
    @pytest.fixture
    def files(self, tmp_path):
        paths = [tmp_path / name for name in ("option.toml", "environ.toml", "book/relay.toml", "config/relay.toml")]
        for path in paths:
            path.parent.mkdir(exist_ok=True)
            path.touch()
        return paths

    def find(self, tmp_path, *, option=None, environ=None):
        workbook = tmp_path / "book" / "candidates.xlsx"
        return find_config(option, {"RELAY_CONFIG": str(environ or "")}, workbook=workbook, here=tmp_path)

    def test_goes_from_the_nearest_to_the_farthest(self, files, tmp_path):
        option, environ, beside, usual = files

        assert self.find(tmp_path, option=option, environ=environ) == option
        assert self.find(tmp_path, environ=environ) == environ
        assert self.find(tmp_path) == beside
        beside.unlink()
        assert self.find(tmp_path) == usual
        usual.unlink()
        assert self.find(tmp_path) is None

    def test_a_file_that_was_named_must_exist(self, files, tmp_path):
        with pytest.raises(ConfigurationError, match="--config"):
            self.find(tmp_path, option=tmp_path / "gone.toml")
        with pytest.raises(ConfigurationError, match="RELAY_CONFIG"):
            self.find(tmp_path, environ=tmp_path / "gone.toml")

    def test_without_a_workbook_only_the_usual_place_is_left(self, files, tmp_path):
        assert find_config(None, {}, workbook=None, here=tmp_path) == files[3]
