"""The control address, /emulator/…: what tests do to the emulator, and see of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict

from tests.google_emulator.clock import parse_moment
from tests.google_emulator.emulator import Emulator
from tests.google_emulator.exchange import Answer, Request, json_answer
from tests.google_emulator.tokens import LIFETIME, Grant
from tests.google_emulator.wire import Json

_PREFIX = "/emulator"
_DEFAULT_PERSON = "user@example.co.jp"

Handler = Callable[[Json, str], object]
"""Takes the body of a request and this server's address."""


class Console:
    """Does what the control address is told."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._handlers: dict[tuple[str, str], Handler] = {
            ("POST", "reset"): self._reset,
            ("GET", "state"): lambda _, __: emulator.premises.state(),
            ("GET", "ledger"): lambda _, __: {"letters": emulator.premises.letters()},
            ("GET", "calls"): lambda _, __: {"calls": emulator.premises.log},
            ("DELETE", "calls"): lambda _, __: emulator.premises.log.clear(),
            ("GET", "clock"): lambda _, __: emulator.clock.show(),
            ("POST", "clock"): self._clock,
            ("GET", "faults"): lambda _, __: {"faults": emulator.premises.faults.show()},
            ("POST", "faults"): lambda body, _: emulator.premises.faults.add(body),
            ("DELETE", "faults"): lambda _, __: emulator.premises.faults.clear(),
            ("POST", "edits"): self._edit,
            ("POST", "credentials"): self._credentials,
            ("POST", "grants"): self._grants,
            ("GET", "quotas"): lambda _, __: asdict(emulator.premises.quotas.limits),
            ("POST", "quotas"): lambda body, _: emulator.premises.quotas.adjust(body),
        }

    def answer(self, request: Request) -> Answer:
        """Answer a control request."""
        name = request.path.removeprefix(_PREFIX).strip("/")
        handler = self._handlers.get((request.verb, name))
        if handler is None:
            ways = [f"{verb} {_PREFIX}/{known}" for verb, known in self._handlers]
            return json_answer(404, {"error": f"no {request.verb} {request.path}; there are: {', '.join(ways)}"})
        try:
            body = json.loads(request.body or b"{}")
            self._emulator.premises.run_due()
            with self._emulator.premises.lock:
                answer = handler(body, request.address)
        except (LookupError, TypeError, ValueError) as error:  # NoSuchEdit is a KeyError
            return json_answer(400, {"error": f"{type(error).__name__}: {error}"})
        return json_answer(200, answer if answer is not None else {})

    def _reset(self, _: Json, __: str) -> None:
        self._emulator.reset()

    def _clock(self, body: Json, _: str) -> Json:
        clock = self._emulator.clock
        # Stop first: a clock that is set while it runs has run on by the time it is stopped.
        if "frozen" in body:
            (clock.freeze if body["frozen"] else clock.run)()
        if "set" in body:
            clock.set(parse_moment(body["set"]))
        if "advance" in body:
            clock.advance(float(body["advance"]))
        self._emulator.premises.run_due()
        return clock.show()

    def _edit(self, body: Json, _: str) -> None:
        """Do an edit now, or before or after a call: {"before": {"method", "nth"}, "edit": {"name", …}}."""
        edits = self._emulator.premises.edits
        if "before" in body or "after" in body:
            edits.plan(body)
        else:
            edits.do(body.get("edit", body))

    def _credentials(self, body: Json, address: str) -> object:
        """Hand out credentials of the kind asked for."""
        kinds: dict[str, Handler] = {
            "token": self._token,
            "service_account": self._key_file,
            "user": self._user,
            "client": self._client,
            "identity": self._identity,
            "proxy": self._proxy,
        }
        return kinds[body["kind"]](body, address)

    def _token(self, body: Json, _: str) -> Json:
        premises = self._emulator.premises
        email = body["email"]
        robot = email.endswith(".gserviceaccount.com")
        project = premises.directory.service_account(email).project if robot else "emulator"
        lifetime = int(body.get("lifetime", LIFETIME))
        token = premises.tokens.issue(email, body["scopes"], project=body.get("project", project), lifetime=lifetime)
        return {"access_token": token.text, "expires_in": lifetime, "token_type": "Bearer"}

    def _key_file(self, body: Json, address: str) -> object:
        account = self._emulator.premises.directory.service_account(body["email"])
        return account.key_file(body.get("token_uri", f"http://{address}/token"))

    def _user(self, body: Json, address: str) -> Json:
        """An authorised-user file: somebody's refresh token with its client."""
        premises = self._emulator.premises
        client, secret = next(iter(premises.directory.clients.items()))
        grant = Grant(email=body.get("email", _DEFAULT_PERSON), scopes=frozenset(body["scopes"]), client=client)
        return {
            "type": "authorized_user",
            "client_id": client,
            "client_secret": secret,
            "refresh_token": premises.tokens.new_refresh(grant),
            "token_uri": f"http://{address}/token",
            "account": grant.email,
            "universe_domain": "googleapis.com",
        }

    def _client(self, body: Json, address: str) -> Json:
        """A client-secrets file of an installed app; who will consent may be said with it."""
        directory = self._emulator.premises.directory
        directory.consenting = body.get("consenting", directory.consenting)
        client, secret = next(iter(directory.clients.items()))
        return {
            "installed": {
                "client_id": client,
                "project_id": "emulator",
                "auth_uri": f"http://{address}/o/oauth2/auth",
                "token_uri": f"http://{address}/token",
                "auth_provider_x509_cert_url": f"http://{address}/oauth2/v1/certs",
                "client_secret": secret,
                "redirect_uris": ["http://localhost"],
            }
        }

    def _identity(self, body: Json, _: str) -> Json:
        """What Google's sign-in says of a person."""
        keys = self._emulator.premises.identity_keys
        return {"id_token": keys.identity_token(body["email"], body["audience"], body.get("claims", {}))}

    def _proxy(self, body: Json, _: str) -> Json:
        """What Identity-Aware Proxy says of a person."""
        keys = self._emulator.premises.identity_keys
        return {"assertion": keys.proxy_assertion(body["email"], body["audience"], body.get("claims", {}))}

    def _grants(self, body: Json, _: str) -> None:
        """Grant or take back rights; several in one request if they are of several kinds."""
        directory = self._emulator.premises.directory
        if "delegation" in body:
            grant = body["delegation"]
            directory.delegation[grant["email"]] = set(grant["scopes"])
        if "token_creator" in body:
            pair = (body["token_creator"]["caller"], body["token_creator"]["target"])
            directory.service_account(pair[1])
            directory.token_creators.add(pair)
        if "revoke_token_creator" in body:
            gone = body["revoke_token_creator"]
            directory.token_creators.discard((gone["caller"], gone["target"]))
        if "disable_api" in body:
            directory.disabled_apis.add((body["disable_api"].get("project", "emulator"), body["disable_api"]["api"]))
        if "revoke" in body:
            self._emulator.premises.tokens.revoke_all(body["revoke"]["email"])
        if "delete_account" in body:
            self._delete_account(body["delete_account"]["email"])
        if "identity_keys" in body:
            keys = self._emulator.premises.identity_keys
            keys.kept = body["identity_keys"].get("kept", keys.kept)
            keys.rotate()
        if "instance_account" in body:
            directory.instance_account = directory.service_account(body["instance_account"]["email"]).email

    def _delete_account(self, email: str) -> None:
        premises = self._emulator.premises
        premises.directory.missing.add(email)
        premises.directory.service_accounts.pop(email, None)
        premises.tokens.revoke_all(email)
