"""What the front end's build left: which hashed file stands for a source file that a template names."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

_FOLDERS = {".ts": "src/pages/", ".css": "src/", ".svg": "src/"}


class AssetMissingError(Exception):
    """The front end has not been built, or made nothing of this name."""


def built_file(name: str) -> str:
    """Return the path under the static root of a source such as `tap.ts`, `look.css` or `icon.svg`."""
    manifest = Path(settings.HADIR_ASSET_MANIFEST)
    entry = _entries(manifest).get(_FOLDERS[name[name.rindex(".") :]] + name)
    if entry is None:
        raise AssetMissingError(f"{name} is not made by the entries of frontend/vite.config.ts")
    return entry


@lru_cache(maxsize=1)
def _entries(manifest: Path) -> dict[str, str]:
    """Read the manifest once: a process serves the build that it started with, whatever is built meanwhile."""
    try:
        chunks = json.loads(manifest.read_text())
    except FileNotFoundError as error:
        raise AssetMissingError(f"{manifest} is not there: run ./hadir assets") from error
    return {source: chunk["file"] for source, chunk in chunks.items()}
