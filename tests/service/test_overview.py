"""Credits, check, analysis and the last runs over HTTP."""


def sent_codes(relay):
    sent = relay("send", "book.xlsx", "--carrier", "outbox:out", "--send")
    return [letter["referral_code"] for letter in sent["letters"] if letter["referral_code"]]


def test_credits_are_counted_and_used(service, relay, book):
    codes = sent_codes(relay)
    relay("register", "book.xlsx", *codes[:12])

    before = service.get("credits")
    used = service.post("credits/redeem", amount=1, note="営業職の採用支援")
    refused = service.post("credits/redeem", code=422, amount=1)

    assert (before["summary"]["left"], before["summary"]["progress"], before["summary"]["per_credit"]) == (1, 2, 10)
    assert (used["summary"]["left"], used["summary"]["redeemed"]) == (0, 1)
    assert refused["error"]["name"] == "credits_missing"
    assert service.get("plan")["credits"] == service.get("credits")["summary"]
    assert {line["kind"] for line in used["ledger"]} == {"earned", "redeemed"}
    assert sum(month["registered"] for month in used["summary"]["history"]) == 12


def test_an_unknown_partner_is_refused(service):
    refused = service.post("credits/redeem", code=422, amount=1, partner="nobody")

    assert refused["error"]["name"] == "configuration"


def test_check_tells_what_the_command_tells(service, relay, book):
    problems = relay("check", "book.xlsx", code=7)["problems"]
    command = [
        one for one in problems if one["name"] != "configuration"
    ]  # values of the example: the carrier refuses them

    page = service.get("check", lang="en")

    found = [{"where": one["where"], "name": one["name"], "text": one["text"]} for one in page["problems"]]
    assert found == command
    assert all(one["cell"] == one["where"] for one in page["problems"] if "!" in one["where"])
    assert len(page["fine"]) == 3


def test_the_analysis_is_what_the_command_prints_and_writes_nothing(service, relay, book):
    relay("send", "book.xlsx", "--carrier", "outbox:out", "--send")
    before = book.read_bytes()

    page = service.get("analysis", lang="en")

    assert book.read_bytes() == before
    command = relay("analyse", "book.xlsx")
    assert {key: value for key, value in command.items() if key != "workbook"} == page
    for groups in (page["openings"], page["media"]):
        assert sum(group["applications"] for group in groups) == 88


def test_the_analysis_of_a_period_is_of_its_months_and_of_no_others(service, relay, book):
    october, everything = service.get("analysis", period="2026-10"), service.get("analysis", period="")

    assert (october["period"], everything["period"]) == ("2026-10", "全期間")
    assert (october["stages"][0]["reached"], everything["stages"][0]["reached"]) == (45, 88)


def test_a_period_that_names_no_months_is_refused(service, relay, book):
    assert "2026-04..2026-09" in service.get("analysis", code=422, period="soon")["error"]["text"]


def test_a_change_by_the_command_line_shows_at_once(service, relay, book):
    before = service.get("plan")
    relay("send", "book.xlsx", "--carrier", "outbox:out", "--send", "--limit", "5")

    after = service.get("plan")

    assert (before["counts"]["letters"], after["counts"]["letters"]) == (24, 19)
    assert service.get("runs")[0]["sent"] == 5
