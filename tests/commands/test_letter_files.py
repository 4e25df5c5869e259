"""What goes into letters and lies in files: found from the configuration, and refused where it is wrong."""

import mailbox

import pytest

from sheets_automation.core.errors import ConfigurationError, LetterError
from sheets_automation.core.letter_fields import OWN_FIELDS
from sheets_automation.letter_files import MOST_ATTACHED, attachments_from, shipped_letters, templates_in
from sheets_automation.wiring import data_folder

LETTER = "件名: 結果\n\n{{ 氏名 }}様\n\n結果です。\n\n{{ 会社名 }}\n"


@pytest.fixture
def company(tmp_path):
    """A folder of the company with a configuration, where nobody stands."""
    folder = tmp_path / "company"
    folder.mkdir()
    (folder / "privacy.pdf").write_bytes(b"%PDF-1.7 privacy")

    def configure(**letters):
        keys = "".join(f"{key} = {value!r}\n" for key, value in letters.items())
        text = '[company]\nname = "株式会社みなと製作所"\n[sender]\naddress = "saiyo@minato.example"\n'
        (folder / "relay.toml").write_text(f"{text}[letters]\n{keys}")
        return str(folder / "relay.toml")

    configure.folder = folder
    return configure


def test_a_file_goes_with_every_letter_and_is_named_before_they_leave(relay, say, book, company):
    config = company(attachments=["privacy.pdf"])

    plan = say("send", "book.xlsx", "--lang", "ja", config=config).out
    relay("preview", "book.xlsx", "--out", "page.html", config=config)
    relay("send", "book.xlsx", "--carrier", "outbox:out", "--send", config=config)

    letters = list(mailbox.Maildir("out", create=False))
    attached = [[part for part in letter.walk() if part.get_filename()] for letter in letters]
    assert "添付ファイル: privacy.pdf" in plan
    assert "privacy.pdf" in (book.parent / "page.html").read_text()
    assert len(letters) == 24
    assert {(part.get_filename(), part.get_content_type()) for [part] in attached} == {
        ("privacy.pdf", "application/pdf")
    }
    assert {part.get_payload(decode=True) for [part] in attached} == {b"%PDF-1.7 privacy"}


def test_a_sample_has_the_attachments_too(relay, book, company):
    config = company(attachments=["privacy.pdf"])

    relay("send", "book.xlsx", "--carrier", "outbox:out", "--test-to", "me@example.com", "--send", config=config)

    assert all("privacy.pdf" in letter.as_string() for letter in mailbox.Maildir("out", create=False))


def test_an_attachment_that_is_not_there_stops_everything_and_check_names_it(relay, book, company):
    config = company(attachments=["gone.pdf"])

    refused = relay("send", "book.xlsx", "--carrier", "outbox:out", "--send", code=2, config=config)
    found = relay("check", "book.xlsx", code=7, config=config)["problems"]

    assert "gone.pdf" in refused["error"]["text"]
    assert [problem["where"] for problem in found if "gone.pdf" in problem["text"]] == ["[letters]"]
    assert not (book.parent / "out" / "new").exists() or not list((book.parent / "out" / "new").iterdir())


def test_letters_of_ones_own_are_found_beside_the_configuration(relay, book, company):
    (company.folder / "letters").mkdir()
    (company.folder / "letters" / "standard.ja.md").write_text(LETTER)

    plan = relay("send", "book.xlsx", config=company(folder="letters"))

    assert {letter["subject"] for letter in plan["letters"]} == {"結果"}


def test_a_folder_that_is_not_there_is_the_problem_and_not_each_candidate(relay, book, company):
    refused = relay("send", "book.xlsx", code=2, config=company(folder="nowhere"))

    assert "nowhere" in refused["error"]["text"]


def test_a_letter_that_was_not_saved_as_utf_8_says_so(tmp_path):
    (tmp_path / "standard.ja.md").write_bytes(LETTER.encode("cp932"))

    with pytest.raises(LetterError, match="UTF-8"):
        list(templates_in(tmp_path))


def test_more_than_a_mailbox_takes_is_refused(tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(MOST_ATTACHED + 1))

    with pytest.raises(ConfigurationError, match="MB"):
        attachments_from([path])


def test_our_own_letters_name_words_of_ours_alone_so_nobody_has_to_compile_them_to_know():
    folder = data_folder("templates")

    compiled = list(templates_in(folder))

    assert [letter.id for letter in shipped_letters(folder)] == [letter.id for letter in compiled]
    for letter in compiled:
        letter.check_variables(OWN_FIELDS)
