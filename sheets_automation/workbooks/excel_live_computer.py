"""The computer that Excel runs on, as far as `relay excel doctor` looks at it, and one thing that was looked at."""

from __future__ import annotations

import plistlib
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from sheets_automation.core.errors import SheetsAutomationError


class Premise(NamedTuple):
    """One thing that was looked at."""

    name: str
    ja: str
    en: str
    error: SheetsAutomationError | None = None


class Registry(Protocol):
    """What is read of the registry. A key is of the user, or of HKCR where it says so."""

    def value(self, key: str, name: str) -> object:
        """A value; None where there is none."""

    def keys(self, key: str) -> Sequence[str]:
        """The names of the keys below one."""


class WindowsRegistry:
    """The registry of this computer; elsewhere than on Windows it is empty."""

    def value(self, key: str, name: str) -> object:
        """A value; None where there is none."""
        if sys.platform != "win32":
            return None
        import winreg

        root = winreg.HKEY_CLASSES_ROOT if key.startswith("HKCR\\") else winreg.HKEY_CURRENT_USER
        with suppress(OSError), winreg.OpenKey(root, key.removeprefix("HKCR\\")) as opened:
            return winreg.QueryValueEx(opened, name)[0]
        return None

    def keys(self, key: str) -> Sequence[str]:
        """The names of the keys below one."""
        if sys.platform != "win32":
            return ()
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
            return [winreg.EnumKey(opened, number) for number in range(winreg.QueryInfoKey(opened)[0])]
        return ()


@dataclass(frozen=True, slots=True)
class Computer:
    """Where to look: on the computer that this runs on, unless a test says otherwise."""

    platform: str = sys.platform
    home: Path = field(default_factory=Path.home)
    applications: Path = Path("/Applications")
    managed: Path = Path("/Library/Managed Preferences")
    """Where a Mac keeps what its administrator has set."""
    python: str = sys.executable
    registry: Registry = field(default_factory=WindowsRegistry)

    def preferences(self, domain: str) -> tuple[dict[str, object], dict[str, object]]:
        """What a Mac's administrator has set, which wins, and what its user has."""
        name = f"{domain}.plist"
        managed = _plist(self.managed / name) | _plist(self.managed / self.home.name / name)
        return managed, _plist(self.home / "Library" / "Preferences" / name)


def _plist(path: Path) -> dict[str, object]:
    with suppress(OSError, ValueError, plistlib.InvalidFileException):
        found = plistlib.loads(path.read_bytes())
        if isinstance(found, dict):
            return found
    return {}
