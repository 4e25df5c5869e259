"""Past candidates for an opening over HTTP."""

import pytest


def test_the_page_lists_whom_the_command_lists_and_writes_nothing(service, relay, book):
    before = book.read_bytes()

    page = service.get("match", opening="法人営業", lang="en")

    assert book.read_bytes() == before
    command = relay("match", "book.xlsx", "--opening", "法人営業")
    assert {key: value for key, value in command.items() if key != "workbook"} == page
    assert page["matches"]


def test_no_more_people_are_listed_than_asked_for(service):
    assert len(service.get("match", opening="法人営業", top=1)["matches"]) == 1


def test_the_name_of_a_file_is_words_and_opens_nothing(service, book):
    secret = book.with_name("secret.txt")
    secret.write_text("法人営業", encoding="utf-8")

    page = service.get("match", opening=str(secret))

    assert page["found"] == 0
    assert "法人営業" not in page["opening"]


@pytest.mark.parametrize("opening", ["", "  ", "　", "\t\n"])
def test_an_opening_without_words_is_refused(service, opening):
    assert service.get("match", code=400, opening=opening)["error"]["name"] == "bad_request"
