"""The metadata server that a program finds on Google's own machines; point GCE_METADATA_HOST here."""

from __future__ import annotations

import json
import re

from tests.google_emulator.accounts import Directory, project_number
from tests.google_emulator.assertions import sign
from tests.google_emulator.exchange import Answer, Request, text_answer
from tests.google_emulator.signin import SignIn
from tests.google_emulator.tokens import LIFETIME, Tokens

_FLAVOUR = {"Metadata-Flavor": "Google", "Server": "Metadata Server for VM"}
_ACCOUNT = re.compile(r"instance/service-accounts/([^/]+)(?:/(\w+))?")
_SCOPES = ("https://www.googleapis.com/auth/cloud-platform", "https://www.googleapis.com/auth/userinfo.email")


class MetadataServer:
    """Knows one machine and the one service account that it runs as."""

    def __init__(self, directory: Directory, tokens: Tokens, signin: SignIn) -> None:
        self._directory = directory
        self._tokens = tokens
        self._signin = signin

    def answer(self, request: Request) -> Answer:
        """Answer a question about the machine; whoever can't set the header is not on it."""
        path = request.path.removeprefix("/computeMetadata/v1").strip("/")
        if path and request.header("metadata-flavor") != "Google":
            return _said(403, "Missing Metadata-Flavor:Google header.\n")
        facts = self._facts()
        if path in facts:
            return _said(200, facts[path])
        if match := _ACCOUNT.fullmatch(path):
            return self._account(request, match[1], match[2] or "")
        return _said(404, "Not Found\n")

    def _facts(self) -> dict[str, str]:
        email = self._directory.instance_account
        account = self._directory.service_account(email)
        return {
            "": "instance/\nproject/\n",
            "project/project-id": account.project,
            "project/numeric-project-id": project_number(account.project),
            "instance/service-accounts": f"default/\n{email}/\n",
            "instance/id": "4520031799277581759",
            "instance/zone": f"projects/{project_number(account.project)}/zones/asia-northeast1-a",
            "instance/region": f"projects/{project_number(account.project)}/regions/asia-northeast1",
            "universe/universe-domain": "googleapis.com",
        }

    def _account(self, request: Request, name: str, part: str) -> Answer:
        email = self._directory.instance_account
        if name not in {"default", email}:
            return _said(404, f"No such service account: {name}\n")
        if part == "token":
            return self._token(request, email)
        if part == "" and request.one("recursive") == "true":
            return _json({"aliases": ["default"], "email": email, "scopes": list(_SCOPES)})
        return _said(200, self._text(request, email, part))

    def _token(self, request: Request, email: str) -> Answer:
        scopes = request.one("scopes").split(",") if request.one("scopes") else _SCOPES
        token = self._tokens.issue(email, scopes, project=self._directory.service_account(email).project)
        return _json({"access_token": token.text, "expires_in": LIFETIME, "token_type": "Bearer"})

    def _text(self, request: Request, email: str, part: str) -> str:
        if part == "identity":
            claims = self._signin.id_claims(email, request.one("audience"))
            return sign(self._directory.service_account(email), claims)
        texts = {"email": email, "scopes": "\n".join(_SCOPES) + "\n", "aliases": "default\n"}
        return texts.get(part, "aliases\nemail\nidentity\nscopes\ntoken\n")


def _said(status: int, text: str) -> Answer:
    return text_answer(status, text, "application/text", **_FLAVOUR)


def _json(data: object) -> Answer:
    return text_answer(200, json.dumps(data), "application/json", **_FLAVOUR)
