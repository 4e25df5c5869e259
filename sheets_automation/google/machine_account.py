"""The account that a job or service on Cloud Run runs as: the machine hands its tokens to whoever asks from inside.

google-auth finds this out by itself, with five questions and with cryptography loaded for keys that no machine has;
on Cloud Run, where every task starts anew, one question is enough.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from google.auth.credentials import Credentials
from google.auth.exceptions import RefreshError

_SIGNS = ("CLOUD_RUN_JOB", "K_SERVICE")
"""Cloud Run sets one of them: https://cloud.google.com/run/docs/container-contract#env-vars."""
_HOST, _KNOWN_HOST = "GCE_METADATA_HOST", "metadata.google.internal"
_TOKEN = "/computeMetadata/v1/instance/service-accounts/default/token?scopes="  # noqa: S105 - where to get one
_PASSING = {408, 429}
_SERVER_FAULT = 500


def is_on_cloud_run(environ: Mapping[str, str]) -> bool:
    """Whether this process is a job's task or a service on Cloud Run."""
    return any(environ.get(sign) for sign in _SIGNS)


class MachineAccount(Credentials):
    """Tokens of the account that Cloud Run runs us as, for these scopes, which Cloud Run honours."""

    def __init__(self, scopes: Sequence[str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = f"http://{os.environ.get(_HOST) or _KNOWN_HOST}{_TOKEN}{quote(','.join(scopes), safe='')}"

    def refresh(self, request: Any) -> None:
        """Ask the machine for a token. Raises RefreshError, retryable where it was a passing trouble."""
        answer = request(self._url, headers={"Metadata-Flavor": "Google"})
        try:
            said = json.loads(answer.data)
            self.token, lasts = str(said["access_token"]), int(said["expires_in"])
        except (ValueError, KeyError, TypeError) as error:
            passes = answer.status in _PASSING or answer.status >= _SERVER_FAULT
            raise RefreshError(f"metadata server: {answer.status}", retryable=passes) from error
        self.expiry = datetime.now(UTC).replace(tzinfo=None) + timedelta(seconds=lasts)
