"""What a refusal of Google's means for the person who runs the command: one sentence, and what to do."""

from __future__ import annotations

from typing import NamedTuple

from sheets_automation.google.answers import FORBIDDEN, UNAUTHORIZED, Refusal
from sheets_automation.google.transport import AnswerLost, NotReached, Refused, SignInRefused


class Sentence(NamedTuple):
    """The same in Japanese and English."""

    ja: str
    en: str


GoogleTrouble = Refused | NotReached | AnswerLost | SignInRefused

_API_OFF = {"SERVICE_DISABLED", "accessNotConfigured"}
_SCOPE = {"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions", "insufficientScopes"}


def access_problem(trouble: Exception) -> Sentence | None:
    """The sentence when Google does not let us in; None when the trouble is of another kind."""
    if isinstance(trouble, SignInRefused):
        return _sign_in(trouble.reason)
    if not isinstance(trouble, Refused):
        return None
    refusal = trouble.refusal
    if refusal.status == UNAUTHORIZED:
        return _sign_in("invalid_grant")
    if refusal.status == FORBIDDEN and refusal.reason in _API_OFF:
        return Sentence(
            "Google Cloud のプロジェクトで API が有効になっていません。"
            "「API とサービス」で Google Sheets API と Gmail API を有効にしてください。",
            "An API is not enabled in the Google Cloud project. "
            "Enable the Google Sheets API and the Gmail API under “APIs & Services”.",
        )
    if refusal.status == FORBIDDEN and (
        refusal.reason in _SCOPE or "insufficient authentication scopes" in refusal.message
    ):
        return Sentence(
            "サインインに必要な許可(スコープ)が足りません。relay login をもう一度実行してすべて許可してください。"
            "サービスアカウントでは、管理コンソールの委任にスコープを追加します(docs/google.md)。",
            "The sign-in lacks a permission (scope). Run `relay login` again and allow everything, or for a service "
            "account add the scope to its delegation in the admin console (docs/google.md).",
        )
    return None


def _sign_in(reason: str) -> Sentence:
    if reason in {"unauthorized_client", "access_denied"}:
        return Sentence(
            "このサービスアカウントには、メールボックスの代わりに送る許可がありません。"
            "管理コンソールの「ドメイン全体の委任」に、クライアント ID とスコープを登録してください(docs/google.md)。",
            "This service account may not act for the mailbox. Register its client id and scopes under "
            "“Domain-wide delegation” in the admin console (docs/google.md).",
        )
    if reason in {"PERMISSION_DENIED", "IAM_PERMISSION_DENIED"}:
        return Sentence(
            "実行アカウントに、メール用サービスアカウントのトークンを作る権限がありません。"
            "「サービス アカウント トークン作成者」の役割を与えてください(docs/google.md)。",
            "The runtime account may not create tokens for the mailer account. "
            "Give it the role “Service Account Token Creator” (docs/google.md).",
        )
    return Sentence(
        "Google へのサインインが切れているか、取り消されています。relay login をもう一度実行してください"
        "(gcloud の場合は gcloud auth application-default login)。",
        "The sign-in to Google has expired or was revoked. Run `relay login` again "
        "(with gcloud: `gcloud auth application-default login`).",
    )


def is_passing(trouble: BaseException) -> bool:
    """Whether a read may simply be tried again: too fast, Google's own trouble, or the network's."""
    if isinstance(trouble, Refused):
        return is_pace(trouble.refusal) or trouble.refusal.is_server_fault
    return isinstance(trouble, NotReached | AnswerLost)


def is_undone(trouble: BaseException) -> bool:
    """Whether it is certain that nothing was done, and worth a second try: a write may be repeated then."""
    return isinstance(trouble, NotReached) or (isinstance(trouble, Refused) and is_pace(trouble.refusal))


def is_pace(refusal: Refusal) -> bool:
    """Refused for the pace of this minute, which waiting helps; a day's cap it does not."""
    return refusal.is_quota and not refusal.is_mail_cap and not refusal.is_daily_quota
