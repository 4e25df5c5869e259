"""Where the manifests for Cloud Run and BigQuery lie: in the package, or in the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MANIFESTS: Final = ("job.yaml", "digest.yaml", "service.yaml", "links.yaml", "alert.yaml", "silence.yaml")
COMMANDS: Final = "commands.sh"
BIGQUERY: Final = "bigquery"
BIGQUERY_MANIFESTS: Final = ("export.yaml", "tables.sql", "nightly.sql")
_HERE = Path(__file__).parent


def deployment_folder(name: str = "cloudrun") -> Path:
    """The folder that the wheel carries, or that of the checkout."""
    packaged = _HERE / "_data" / "config" / name
    return packaged if packaged.is_dir() else _HERE.parent / "config" / name
