import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that a server's own user can reach; pytest's own are closed to everybody else."""
    folder = Path(tempfile.mkdtemp(prefix="hadir-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
