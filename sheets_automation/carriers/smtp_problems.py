"""What can be wrong with a mail server before any letter is handed over, and what to do about it."""

from __future__ import annotations

import smtplib
import ssl
from typing import NamedTuple

from sheets_automation.core.errors import CarrierError


class _Problem(NamedTuple):
    errors: tuple[type[Exception], ...]
    ja: str
    en: str


# From the narrow to the wide: all of these but UnicodeError are an OSError too.
_PROBLEMS = (
    _Problem(
        errors=(ssl.SSLCertVerificationError,),
        ja="メールサーバー {where} の証明書を確認できないため、送信を止めました（{reason}）。"
        "サーバー名が正しいか、管理者に確かめてください。",
        en="The certificate of the mail server {where} does not hold ({reason}), so nothing is sent. "
        "Check the server's name with your administrator.",
    ),
    _Problem(
        # smtplib writes passwords as ASCII.
        errors=(smtplib.SMTPAuthenticationError, UnicodeError),
        ja="メールサーバー {where} がログインを断りました（{reason}）。ユーザー名とパスワードを確かめてください"
        "（多くのサービスでは「アプリパスワード」が必要です）。",
        en="The mail server {where} refused the login ({reason}). Check user and password; many services ask for an "
        '"app password".',
    ),
    _Problem(
        errors=(smtplib.SMTPSenderRefused,),
        ja="メールサーバー {where} がこの差出人を断りました（{reason}）。設定ファイルの [sender] address を確かめ、"
        "ログインするユーザーにその差出人が許されているかを管理者に聞いてください。",
        en="The mail server {where} refuses this sender ({reason}). Check [sender] address in the configuration, and "
        "ask your administrator whether the user who logs in may send under it.",
    ),
    _Problem(
        errors=(smtplib.SMTPNotSupportedError,),
        ja="メールサーバー {where} は暗号化（STARTTLS）かログインに対応していません。ポートを確かめてください"
        "（smtp:// は 587、smtps:// は 465 が普通です）。",
        en="The mail server {where} offers no encryption (STARTTLS) or no login. Check the port: usually 587 "
        "for smtp:// and 465 for smtps://.",
    ),
    _Problem(
        errors=(ssl.SSLError, smtplib.SMTPException),
        ja="メールサーバー {where} との接続が始められません（{reason}）。"
        "ポートと接続方式（smtp:// か smtps://）を確かめ、少し待ってから実行してください。",
        en="The mail server {where} did not open a session ({reason}). Check the port and the scheme "
        "(smtp:// or smtps://), or try again later.",
    ),
    _Problem(
        errors=(OSError,),
        ja="メールサーバー {where} に接続できません。ホスト名とポート、ネットワークを確かめてください。",
        en="Cannot connect to the mail server {where}. Check its name, the port and the network.",
    ),
)


def explain(where: str, error: Exception) -> CarrierError:
    """Say what is wrong with the mail server at `where` and what to do about it."""
    reason = getattr(error, "verify_message", "") or str(getattr(error, "smtp_code", "")) or type(error).__name__
    problem = next(problem for problem in _PROBLEMS if isinstance(error, problem.errors))
    return CarrierError(problem.ja.format(where=where, reason=reason), problem.en.format(where=where, reason=reason))
