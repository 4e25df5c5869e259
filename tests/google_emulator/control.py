"""The client of the control address, for tests of any kind: in this process or beside a subprocess."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from datetime import datetime
from http.client import HTTPConnection
from typing import Any

from tests.google_emulator.clock import parse_moment
from tests.google_emulator.wire import Json


class Refused(Exception):
    """The control address could not do what it was told; the text says why."""


class Control:
    """Steers an emulator at "127.0.0.1:port"."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._kept = threading.local()
        """A connection for each thread: to make a new one takes longer than most of what is asked."""

    def reset(self) -> None:
        """Forget everything: files, mail, accounts, quotas, faults, edits, the log and the time."""
        self._tell("reset")

    def state(self) -> Json:
        """Everything there is to see: see the README for what stands in it."""
        return self._ask("GET", "state")

    def ledger(self) -> list[Json]:
        """Every letter that left, oldest first."""
        letters: list[Json] = self._ask("GET", "ledger")["letters"]
        return letters

    def calls(self, method: str = "") -> list[Json]:
        """Every call so far, or those of one method, oldest first."""
        calls: list[Json] = self._ask("GET", "calls")["calls"]
        return [call for call in calls if not method or call["method"] == method]

    def forget_calls(self) -> None:
        """Empty the log of calls, to count from here."""
        self._ask("DELETE", "calls")

    def now(self) -> datetime:
        """What the emulator's clock shows."""
        return parse_moment(self._ask("GET", "clock")["now"])

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock, now or at a moment."""
        self._tell("clock", **({"set": at.isoformat()} if at else {}), frozen=True)

    def run(self) -> None:
        """Let the clock go on."""
        self._tell("clock", frozen=False)

    def set_time(self, at: datetime) -> None:
        """Make it this moment."""
        self._tell("clock", set=at.isoformat())

    def advance(self, seconds: float) -> None:
        """Let time pass at once; what was due in it happens."""
        self._tell("clock", advance=seconds)

    def fault(self, match: str, kind: str, **rule: Any) -> None:
        """Put a rule for a fault into force: nth, times, every, status, seconds, … (see the README)."""
        self._tell("faults", match=match, kind=kind, **rule)

    def clear_faults(self) -> None:
        """Let everything work again."""
        self._ask("DELETE", "faults")

    def edit(self, name: str, **edit: Any) -> None:
        """Do at once what a person does by hand."""
        self._tell("edits", edit={"name": name, **edit})

    def edit_before(self, method: str, name: str, *, nth: int = 1, **edit: Any) -> None:
        """Do it right before the nth call from now of a method."""
        self._tell("edits", before={"method": method, "nth": nth}, edit={"name": name, **edit})

    def edit_after(self, method: str, name: str, *, nth: int = 1, **edit: Any) -> None:
        """Do it right after the nth call from now of a method, before its answer arrives."""
        self._tell("edits", after={"method": method, "nth": nth}, edit={"name": name, **edit})

    def token(self, email: str, scopes: Iterable[str], **more: Any) -> str:
        """An access token of anybody, directly."""
        answer: Json = self._tell("credentials", kind="token", email=email, scopes=list(scopes), **more)
        return str(answer["access_token"])

    def service_account_key(self, email: str, **more: str) -> Json:
        """The key file of a service account, which is made if there is none yet."""
        return self._tell("credentials", kind="service_account", email=email, **more)

    def user_credentials(self, email: str, scopes: Iterable[str]) -> Json:
        """An authorised-user file: a refresh token of somebody."""
        return self._tell("credentials", kind="user", email=email, scopes=list(scopes))

    def identity_token(self, email: str, audience: str, /, **claims: Any) -> str:
        """An identity token of anybody, as Apps Script gets it; claims given here differ, and None leaves one out."""
        answer: Json = self._tell("credentials", kind="identity", email=email, audience=audience, claims=claims)
        return str(answer["id_token"])

    def proxy_assertion(self, email: str, audience: str, /, **claims: Any) -> str:
        """What Identity-Aware Proxy adds to the requests of somebody whom it lets through."""
        answer: Json = self._tell("credentials", kind="proxy", email=email, audience=audience, claims=claims)
        return str(answer["assertion"])

    def rotate_identity_keys(self, **terms: int) -> None:
        """Sign identity tokens with another key from now on; `kept` seconds may the certificates be kept."""
        self._tell("grants", identity_keys=terms)

    def client_secrets(self, consenting: str) -> Json:
        """The client-secrets file of an installed app, and who will agree to whatever it asks."""
        return self._tell("credentials", kind="client", consenting=consenting)

    def grant_delegation(self, email: str, scopes: Iterable[str]) -> None:
        """Let a service account act in anybody's name, within these scopes."""
        self._tell("grants", delegation={"email": email, "scopes": list(scopes)})

    def grant_token_creator(self, caller: str, target: str) -> None:
        """Let a caller sign and make tokens as a service account."""
        self._tell("grants", token_creator={"caller": caller, "target": target})

    def disable_api(self, api: str, project: str = "emulator") -> None:
        """Switch an API off in a project."""
        self._tell("grants", disable_api={"api": api, "project": project})

    def revoke_all(self, email: str) -> None:
        """Take back every token of an account."""
        self._tell("grants", revoke={"email": email})

    def delete_account(self, email: str) -> None:
        """Let there be nobody at this address."""
        self._tell("grants", delete_account={"email": email})

    def instance_account(self, email: str) -> None:
        """Choose the service account that the metadata server speaks for."""
        self._tell("grants", instance_account={"email": email})

    def quotas(self, **changes: Any) -> Json:
        """Change limits by their names, and tell what they are: enabled=False switches them off."""
        if changes:
            self._tell("quotas", **changes)
        return self._ask("GET", "quotas")

    def share(self, file_id: str, email: str, role: str = "writer") -> None:
        """Share a file as in the share dialog."""
        self.edit("share", fileId=file_id, email=email, role=role)

    def _tell(self, name: str, **body: Any) -> Json:
        return self._ask("POST", name, body)

    def _ask(self, verb: str, name: str, body: Json | None = None) -> Json:
        if not hasattr(self._kept, "connection"):
            self._kept.connection = HTTPConnection(self.address, timeout=30)
        connection: HTTPConnection = self._kept.connection
        try:
            connection.request(verb, f"/emulator/{name}", json.dumps(body or {}))
            answer = connection.getresponse()
            data: Json = json.loads(answer.read())
        except BaseException:
            connection.close()  # the next one makes another
            raise
        if answer.status != 200:
            raise Refused(data.get("error", ""))
        return data
