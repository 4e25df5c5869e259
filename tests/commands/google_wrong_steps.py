"""What can be wrong in the set-up, step by step: each is done to a House, and has its sentence."""

from __future__ import annotations

import json

from keyring.backends.fail import Keyring as NoKeyring

from sheets_automation.google import problems
from sheets_automation.google.signin import SHEETS
from tests.commands.google_house import MAIL, MAILBOX, MAILER, RUNTIME, use_keyring


def no_token_creator(house):
    house.keyless(creates_tokens=False)


def no_delegation(house):
    house.keyless(delegated=[])


def delegation_without_a_scope(house):
    house.keyless(delegated=["https://www.googleapis.com/auth/gmail.send"])


def no_mailer(house):
    house.keyless()
    house.google.control.delete_account(MAILER)


def no_such_mailbox(house):
    house.keyless()
    house.google.control.delete_account(MAILBOX)


def no_mailer_configured(house):
    house.keyless()
    house.configure(sign_in="keyless")


def iam_switched_off(house):
    house.keyless()
    house.google.control.disable_api("iamcredentials", "relay-run")


def gmail_switched_off(house):
    house.keyless()
    house.google.control.disable_api("gmail", "relay-mail")


def sheets_switched_off(house):
    house.keyless()
    house.google.control.disable_api("sheets", "relay-run")


def sheet_not_shared(house):
    house.keyless(role="")


def sheet_shared_for_reading(house):
    house.keyless(role="reader")


def nobody_signed_in(house):
    house.configure(sign_in="oauth")


def no_keyring(house):
    house.configure(sign_in="oauth")
    use_keyring(NoKeyring())


def consent_revoked(house):
    house.signed_in()
    house.google.control.revoke_all(MAILBOX)


def consent_without_mail(house):
    house.signed_in([SHEETS])


def consent_without_sheets(house):
    house.signed_in(MAIL)


def consent_of_somebody_else(house):
    house.signed_in(mailbox="taro@minato.example")
    house.configure(sign_in="oauth", user="taro@minato.example")


def file_missing(house):
    house.configure(sign_in="oauth", sign_in_file=str(house.folder / "sign-in.json"))


def file_of_something_else(house):
    path = house.folder / "sign-in.json"
    path.write_text(json.dumps(house.google.control.client_secrets(MAILBOX)))
    path.chmod(0o600)
    house.configure(sign_in="oauth", sign_in_file=str(path))


def gmail_switched_off_for_the_person(house):
    house.signed_in()
    house.google.control.edit("disable_mailbox", mailbox=MAILBOX)


WRONG_STEPS = [
    (no_token_creator, "google_sign_in", problems.NO_TOKEN_CREATOR.en),
    (no_delegation, "google_sign_in", problems.NOT_DELEGATED.en),
    (delegation_without_a_scope, "google_sign_in", problems.NOT_DELEGATED.en),
    (no_mailer, "google_sign_in", problems.NO_MAILER.en),
    (no_such_mailbox, "google_sign_in", problems.NO_MAILBOX.en),
    (no_mailer_configured, "google_sign_in", "[google] mailer is missing. Write the address"),
    (iam_switched_off, "google_sign_in", "The IAM Service Account Credentials API is not enabled in"),
    (gmail_switched_off, "carrier", "The Gmail API is not enabled in the Google Cloud project"),
    (sheets_switched_off, "workbook", "The Google Sheets API is not enabled in the Google Cloud project"),
    (sheet_not_shared, "workbook", f"Share it with {RUNTIME}, as an editor."),
    (sheet_shared_for_reading, "writing", f"Share it with {RUNTIME}, as an editor."),
    (nobody_signed_in, "google_sign_in", "Nobody has signed in to Google on this computer yet. Run `relay login`."),
    (no_keyring, "google_sign_in", "This computer has no keyring that can be used."),
    (consent_revoked, "google_sign_in", problems.EXPIRED.en),
    (consent_without_mail, "carrier", problems.SCOPE_MISSING.en),
    (consent_without_sheets, "workbook", problems.SCOPE_MISSING.en),
    (consent_of_somebody_else, "carrier", "The Gmail account that is signed in is not the mailbox of --carrier gmail:"),
    (file_missing, "google_sign_in", "sign-in.json cannot be read. Make it anew with `relay login --out`."),
    (file_of_something_else, "google_sign_in", "sign-in.json holds no sign-in"),
    (gmail_switched_off_for_the_person, "carrier", "This mailbox has no Gmail."),
]
