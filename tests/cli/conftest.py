from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.installations import Installation

from hadir.cli.cluster import Cluster


@pytest.fixture
def office(cluster: Cluster, django_db_setup: None, open_folder: Path, worker_id: str) -> Iterator[Installation]:
    made = Installation(cluster, f"hadir_office_{worker_id}", open_folder)
    yield made
    made.close()
