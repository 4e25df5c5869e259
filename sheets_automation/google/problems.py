"""What a refusal of Google's means for the person who runs the command: one sentence, and what to do."""

from __future__ import annotations

import re
from typing import NamedTuple

from sheets_automation.google.answers import FORBIDDEN, UNAUTHORIZED, Refusal
from sheets_automation.google.transport import AnswerLost, NotReached, Refused, SignInRefused


class Sentence(NamedTuple):
    """The same in Japanese and English."""

    ja: str
    en: str


_API_OFF = {"SERVICE_DISABLED", "accessNotConfigured"}
_SCOPE = {"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions", "insufficientScopes"}
_DISABLED = re.compile(r"(?P<api>[\w ]+ API) has not been used in project (?P<project>\S+) before")

EXPIRED = Sentence(
    "Google へのサインインが切れているか、取り消されています。relay login をもう一度実行してください"
    "(gcloud の場合は gcloud auth application-default login)。",
    "The sign-in to Google has expired or was revoked. Run `relay login` again "
    "(with gcloud: `gcloud auth application-default login`).",
)
NOT_DELEGATED = Sentence(
    "このサービスアカウントには、メールボックスの代わりに送る許可がありません。"
    "管理コンソールの「ドメイン全体の委任」に、クライアント ID とスコープを登録してください(docs/google.ja.md)。",
    "This service account may not act for the mailbox. Register its client id and scopes under "
    "“Domain-wide delegation” in the admin console (docs/google.md).",
)
NO_TOKEN_CREATOR = Sentence(
    "実行アカウントに、メール用サービスアカウントのトークンを作る権限がありません。"
    "「サービス アカウント トークン作成者」の役割を与えてください(docs/google.ja.md)。",
    "The runtime account may not create tokens for the mailer account. "
    "Give it the role “Service Account Token Creator” (docs/google.md).",
)
NO_MAILER = Sentence(
    "[google] mailer のサービスアカウントがありません。アドレスを確かめてください。",
    "There is no service account at [google] mailer. Check the address.",
)
NO_MAILBOX = Sentence(
    "送信元のメールボックスのユーザーが Google Workspace にありません。--carrier gmail: のアドレスを確かめてください。",
    "Google Workspace has no user at the mailbox to send from. Check the address of --carrier gmail:.",
)
CLOCK_WRONG = Sentence(
    "このコンピューターの時計がずれているため、Google にサインインできません。時計を合わせてください。",
    "The clock of this computer is wrong, so Google does not let it sign in. Set the clock.",
)
CLIENT_GONE = Sentence(
    "サインインに使った OAuth クライアントが消されたか、無効になっています。"
    "新しく作り(docs/google.ja.md)、relay login をもう一度実行してください。",
    "The OAuth client of the sign-in was deleted or disabled. Make a new one (docs/google.md), "
    "and run `relay login` again.",
)
BLOCKED = Sentence(
    "Google Workspace の管理者が、このアプリまたは Gmail の API を許可していません。"
    "管理コンソールの「API の制御」で許可してもらってください(docs/google.ja.md)。",
    "The admin of Google Workspace does not allow this app, or the API of Gmail. "
    "Ask them to allow it under “API controls” in the admin console (docs/google.md).",
)
SCOPE_MISSING = Sentence(
    "サインインに必要な許可(スコープ)が足りません。relay login をもう一度実行してすべて許可してください。"
    "サービスアカウントでは、管理コンソールの委任にスコープを追加します(docs/google.ja.md)。",
    "The sign-in lacks a permission (scope). Run `relay login` again and allow everything, or for a service "
    "account add the scope to its delegation in the admin console (docs/google.md).",
)
NO_QUOTA_PROJECT = Sentence(
    "gcloud のサインインに、API を使うプロジェクトが決まっていないか、使う権限がありません。"
    "gcloud auth application-default set-quota-project プロジェクト を実行してください(docs/google.ja.md)。",
    "The sign-in by gcloud names no project whose APIs it may use. "
    "Run `gcloud auth application-default set-quota-project PROJECT` (docs/google.md).",
)

_SIGN_IN = {
    "unauthorized_client": NOT_DELEGATED,
    "access_denied": NOT_DELEGATED,
    "PERMISSION_DENIED": NO_TOKEN_CREATOR,
    "IAM_PERMISSION_DENIED": NO_TOKEN_CREATOR,
    "NOT_FOUND": NO_MAILER,
    "invalid_client": CLIENT_GONE,
    "deleted_client": CLIENT_GONE,
    "disabled_client": CLIENT_GONE,
    "admin_policy_enforced": BLOCKED,
    "invalid_scope": SCOPE_MISSING,
}
_INVALID_GRANT = (
    ("Invalid email or User ID", NO_MAILBOX),
    ("account not found", NO_MAILER),
    ("reasonable timeframe", CLOCK_WRONG),
)
"""One word of Google's for many things; its sentence tells which."""


def access_problem(trouble: Exception) -> Sentence | None:
    """The sentence when Google does not let us in; None when the trouble is of another kind."""
    if isinstance(trouble, SignInRefused):
        return _sign_in(trouble)
    if not isinstance(trouble, Refused):
        return None
    refusal = trouble.refusal
    if refusal.status == UNAUTHORIZED:
        return EXPIRED
    return _forbidden(refusal) if refusal.status == FORBIDDEN else None


def _sign_in(trouble: SignInRefused) -> Sentence:
    if trouble.reason in _API_OFF:
        return _api_off(trouble.message)
    if trouble.reason == "invalid_grant":
        return next((said for words, said in _INVALID_GRANT if words in trouble.message), EXPIRED)
    return _SIGN_IN.get(trouble.reason, EXPIRED)


def _forbidden(refusal: Refusal) -> Sentence | None:
    if refusal.reason == "USER_PROJECT_DENIED" or "requires a quota project" in refusal.message:
        return NO_QUOTA_PROJECT
    if refusal.reason in _API_OFF:
        return _api_off(refusal.message)
    if refusal.reason in _SCOPE or "insufficient authentication scopes" in refusal.message:
        return SCOPE_MISSING
    return BLOCKED if refusal.reason == "domainPolicy" else None


def _api_off(message: str) -> Sentence:
    """Google's sentence names the API and the project, by its number."""
    found = _DISABLED.search(message)
    api, project = (found["api"].strip(), f" {found['project']}") if found else ("API", "")
    return Sentence(
        f"Google Cloud のプロジェクト{project} で {api} が有効になっていません。"
        "「API とサービス」の「ライブラリ」で有効にして、数分待ってください(docs/google.ja.md)。",
        f"The {api} is not enabled in the Google Cloud project{project}. "
        "Enable it in the “Library” under “APIs & Services”, and wait a few minutes (docs/google.md).",
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
