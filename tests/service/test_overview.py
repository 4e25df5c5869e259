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
    assert {line["kind"] for line in used["ledger"]} == {"獲得", "利用"}
    assert sum(month["registered"] for month in used["summary"]["history"]) == 12


def test_an_unknown_partner_is_refused(service):
    refused = service.post("credits/redeem", code=422, amount=1, partner="nobody")

    assert refused["error"]["name"] == "configuration"


def test_check_tells_what_the_command_tells(service, relay, book):
    command = relay("check", "book.xlsx", code=7)["problems"]

    page = service.get("check", lang="en")

    found = [{"where": one["where"], "name": one["name"], "text": one["text"]} for one in page["problems"]]
    assert found == command
    assert all(one["cell"] == one["where"] for one in page["problems"] if "!" in one["where"])
    assert len(page["fine"]) == 3


def test_the_analysis_counts_everybody_once(service, relay, book):
    before = service.get("analysis")
    relay("send", "book.xlsx", "--carrier", "outbox:out", "--send")
    after = service.get("analysis")

    for groups in (before["openings"], before["media"]):
        assert sum(group["rows"] for group in groups) == 88
    assert sum(stage["count"] for stage in before["stages"]) == 88
    assert sum(group["sent"] for group in after["openings"]) == after["months"][-1]["sent"] == 24
    assert (before["follow_up_rate"], before["wait_days"]["median"]) == (0, None)
    assert after["wait_days"]["longest"] >= after["wait_days"]["median"] > 0


def test_a_change_by_the_command_line_shows_at_once(service, relay, book):
    before = service.get("plan")
    relay("send", "book.xlsx", "--carrier", "outbox:out", "--send", "--limit", "5")

    after = service.get("plan")

    assert (before["counts"]["letters"], after["counts"]["letters"]) == (24, 19)
    assert service.get("runs")[0]["sent"] == 5
