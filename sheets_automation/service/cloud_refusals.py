"""Why the service on Cloud Run lets somebody not in, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sheets_automation.google.identity import Flaw
from sheets_automation.service.refusals import Refusal

_AGAIN = (
    "サインインを確かめられませんでした。画面を開き直してください。",
    "Your sign-in could not be verified. Open the page again.",
)
_SENTENCES: Mapping[Flaw, tuple[str, str]] = MappingProxyType(
    {
        Flaw.EXPIRED: (
            "サインインの期限が切れました。画面を開き直してください。",
            "Your sign-in has expired. Open the page again.",
        ),
        Flaw.EARLY: (
            "サインインの時刻が未来になっています。少し待ってから開き直してください。",
            "Your sign-in begins in the future. Wait a little, then open the page again.",
        ),
        Flaw.STRIPPED: (
            "サインインの署名がありません。トークンは X-Serverless-Authorization にも付けてください。",
            "Cloud Run took the signature off your sign-in. Send the token as X-Serverless-Authorization too.",
        ),
        Flaw.AUDIENCE: (
            "このサインインは別のサービスのものです。管理者に、[service] audiences を確かめてもらってください。",
            "This sign-in is for another service. Ask the operator to check [service] audiences.",
        ),
        Flaw.DOMAIN: (
            "あなたの組織のアカウントではないため、使えません。会社のアカウントでサインインしてください。",
            "This account is of no organisation that may use the service. Sign in with the account of your company.",
        ),
        Flaw.UNVERIFIED: (
            "サインインからメールアドレスを確かめられません。会社のアカウントでサインインしてください。",
            "Your sign-in does not prove a mail address. Sign in with the account of your company.",
        ),
    }
)


def unproven(flaw: Flaw) -> Refusal:
    """A token that proves nothing."""
    return _unknown(*_SENTENCES.get(flaw, _AGAIN))


def nobody() -> Refusal:
    """A request without any sign-in, or with two."""
    return _unknown(
        "サインインしていません。Google スプレッドシートのメニュー「キャリアリレー」から開いてください。",
        "Not signed in. Open it from the menu キャリアリレー of the Google spreadsheet.",
    )


def _unknown(ja: str, en: str) -> Refusal:
    return Refusal(401, "not_signed_in", ja, en, {"WWW-Authenticate": "Bearer"})


def no_editor() -> Refusal:
    """Whoever may not edit the spreadsheet; the same for one that is not ours, so that nobody learns which are."""
    return Refusal(
        403,
        "not_allowed",
        "このスプレッドシートを編集する権限がないか、サービスに登録されていません。"
        "「共有」で編集者に加えてもらうか、管理者に [service] workbooks を確かめてもらってください。",
        "You may not edit this spreadsheet, or the service does not know it. "
        "Have yourself added as an editor, or ask the operator to check [service] workbooks.",
    )


def by_group_only() -> Refusal:
    """Whoever might be in a group that may edit the spreadsheet."""
    return Refusal(
        403,
        "not_allowed",
        "このスプレッドシートはグループで共有されていて、あなたが入っているかをサービスからは確かめられません。"
        "「共有」であなたを編集者に加えるか、管理者に [service] editors に書いてもらってください。",
        "This spreadsheet is shared with a group, and the service cannot see who is in it. "
        "Have yourself added as an editor, or ask the operator to write you into [service] editors.",
    )
