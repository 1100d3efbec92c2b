import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
"""The checkout."""

STATE = Path(os.environ.get("HADIR_STATE") or ROOT / ".hadir").absolute()
"""What the commands keep between two starts; git ignores it."""

SOURCES = ROOT / "src"
FRONTEND = ROOT / "frontend"
