"""How letters invite their readers to LINE, and whom they do not ask."""

from dataclasses import replace

import pytest

from sheets_automation.config.reading import read_config
from sheets_automation.config.rules import lint_rules
from sheets_automation.core.addresses import read_address
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.letter_fields import NO_INVITATION, LetterFacts, letter_fields
from sheets_automation.core.line_codes import is_line_code
from sheets_automation.wiring_line import is_line, line_invitations
from tests.core.builders import candidate
from tests.line_server.account import user

KEY = "k" * 40
ENVIRON = {"RELAY_LINK_KEY": f"{KEY} {'o' * 40}"}
CONFIG = read_config('[line]\naccount = "@minato"\n', "relay.toml")


def test_a_letter_holds_a_code_by_the_newest_key_and_the_link_to_the_chat():
    invitation = line_invitations(CONFIG, ENVIRON)(candidate())

    assert is_line_code(invitation.code, [KEY])
    assert invitation.url == f"https://line.me/R/oaMessage/%40minato/?{invitation.code}"
    fields = letter_fields(candidate(), LetterFacts(company="会社"), line=invitation)
    assert (fields["LINE連携URL"], fields["LINE連携コード"]) == (invitation.url, invitation.code)


@pytest.mark.parametrize("nobody", [{"line_user": user(1)}, {"address": read_address("")}])
def test_whoever_is_linked_or_has_no_address_is_not_asked(nobody):
    assert line_invitations(CONFIG, ENVIRON)(replace(candidate(), **nobody)) == NO_INVITATION


def test_without_an_account_no_letter_speaks_of_line_and_no_key_is_needed():
    config = read_config("", "relay.toml")

    assert line_invitations(config, {})(candidate()) == NO_INVITATION
    assert "line.me" not in lint_rules(config).link_domains
    assert "line.me" in lint_rules(CONFIG).link_domains


def test_an_account_without_a_key_is_told_before_any_letter():
    with pytest.raises(ConfigurationError, match="RELAY_LINK_KEY"):
        line_invitations(CONFIG, {})


@pytest.mark.parametrize("account", ["minato", "@みなと", "@a/b", "@" + "a" * 31, "@a?b", "@"])
def test_an_account_that_could_lead_elsewhere_is_refused(account):
    with pytest.raises(ConfigurationError):
        read_config(f'[line]\naccount = "{account}"\n', "relay.toml")


def test_a_token_has_no_place_in_a_configuration():
    with pytest.raises(ConfigurationError):
        read_config('[line]\nchannel_token = "abc"\n', "relay.toml")


@pytest.mark.parametrize(
    ("address", "is_ours"), [("line:", True), (" LINE: ", True), ("outbox:line:", False), ("", False)]
)
def test_which_carrier_is_line(address, is_ours):
    assert is_line(address) is is_ours
