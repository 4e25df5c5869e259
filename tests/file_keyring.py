"""A keyring in a file, for commands that run as processes of their own."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    """The file is named by KEYRING_FILE."""

    priority = 1

    @property
    def _file(self):
        return Path(os.environ["KEYRING_FILE"])

    def _read(self):
        return json.loads(self._file.read_text()) if self._file.exists() else {}

    def get_password(self, service, username):
        return self._read().get(f"{service}/{username}")

    def set_password(self, service, username, password):
        self._file.write_text(json.dumps({**self._read(), f"{service}/{username}": password}))

    def delete_password(self, service, username):
        kept = self._read()
        if kept.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError
        self._file.write_text(json.dumps(kept))
