"""The account that Cloud Run runs us as, asked for a token in one question.

google-auth finds the same account, by several questions and with cryptography loaded for keys that no machine has.
Where every task starts anew and most nights send nothing, opening the sheet goes this way; whoever writes mail signs in
by google-auth.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any
from urllib.parse import quote

_SIGNS = ("CLOUD_RUN_JOB", "K_SERVICE")
"""Cloud Run sets one of them: https://cloud.google.com/run/docs/container-contract#env-vars."""
_NAMED = "GOOGLE_APPLICATION_CREDENTIALS"
_HOST, _KNOWN_HOST = "GCE_METADATA_HOST", "metadata.google.internal"
_TOKEN = "/computeMetadata/v1/instance/service-accounts/default/token?scopes="  # noqa: S105 - where to get one
_PASSING = {408, 429}
_SERVER_FAULT = 500
_AHEAD = 225.0
"""Seconds before its end at which a token is too old; as google-auth has it (REFRESH_THRESHOLD)."""


def is_ours(environ: Mapping[str, str]) -> bool:
    """Whether we are a task or a service on Cloud Run, and nobody has named other credentials."""
    return any(environ.get(sign) for sign in _SIGNS) and not environ.get(_NAMED)


class MachineAccount:
    """Signs calls with tokens for these scopes, which Cloud Run honours."""

    def __init__(self, scopes: Sequence[str]) -> None:
        self._url = f"http://{os.environ.get(_HOST) or _KNOWN_HOST}{_TOKEN}{quote(','.join(scopes), safe='')}"
        self._token, self._until = "", float("-inf")

    @property
    def valid(self) -> bool:
        """Whether there is a token that lasts."""
        return time.monotonic() < self._until

    def refresh(self, request: Any) -> None:
        """Ask the machine for a token. Raises RefreshError, retryable where it was a passing trouble."""
        asked = time.monotonic()
        answer = request(self._url, headers={"Metadata-Flavor": "Google"})
        try:
            said = json.loads(answer.data)
            self._token, self._until = str(said["access_token"]), asked + int(said["expires_in"]) - _AHEAD
        except (ValueError, KeyError, TypeError) as error:
            from google.auth.exceptions import RefreshError

            passes = answer.status in _PASSING or answer.status >= _SERVER_FAULT
            raise RefreshError(f"metadata server: {answer.status}", retryable=passes) from error

    def before_request(self, request: Any, _method: object, _url: object, headers: MutableMapping[str, str]) -> None:
        """Sign a call."""
        if not self.valid:
            self.refresh(request)
        headers["authorization"] = f"Bearer {self._token}"
