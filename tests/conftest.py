import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections
from tests import servers
from tests.browsers import chromium  # noqa: F401 - a fixture for every folder of tests
from tests.buckets import s3  # noqa: F401 - likewise

from hadir.cli.cluster import Cluster
from hadir.config import environment

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

    from hadir.tenancy.models import Government

FOLDER = pytest.StashKey[Path]()
CLUSTER = pytest.StashKey[Cluster]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Tell the settings which database this process will have; the server itself starts when a test needs it."""
    given = getattr(config, "workerinput", None)
    folder = Path(given["hadir_folder"]) if given else servers.open_temporary_folder()
    cluster = servers.cluster_in(folder)
    config.stash[FOLDER], config.stash[CLUSTER] = folder, cluster
    _tell_settings(folder, servers.owner_url(cluster, f"hadir_{given['workerid'] if given else 'alone'}"))
    if not given and config.getoption("numprocesses", None):
        cluster.start()  # the workers share it, so that it must outlive each of them


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["hadir_folder"] = str(node.config.stash[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    if CLUSTER in config.stash and not hasattr(config, "workerinput"):
        config.stash[CLUSTER].stop()
        servers.remove(config.stash[FOLDER])


def _tell_settings(folder: Path, owner_url: str) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "hadir.config.settings",
        "HADIR_DATABASE_URL": owner_url,
        "HADIR_SECRET": servers.SECRET,
        "HADIR_ROLE": "web",
        "HADIR_HOSTS": "testserver,localhost,127.0.0.1",
        "HADIR_PHOTOS": str(folder / "photos"),
        "HADIR_PUBLIC_URL": "http://testserver",
    }

    settings.LOGGING["loggers"]["procrastinate"] = {"level": "WARNING"}  # its registrations would drown the results
    settings.DATABASES["owner"] = environment.database(owner_url)
    # A worker of this run must not load the settings before it has laid out its own environment.
    del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.fixture(scope="session")
def cluster(pytestconfig: pytest.Config) -> Cluster:
    """The PostgreSQL of this run."""
    found = pytestconfig.stash[CLUSTER]
    if not hasattr(pytestconfig, "workerinput") and not found.running:
        found.start()
    return found


@pytest.fixture(scope="session")
def django_db_setup(cluster: Cluster, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """Give this process its copy of the migrated template; Django's own test database would belong to the web role."""
    with django_db_blocker.unblock():
        servers.provide_copy(cluster, connections["default"].settings_dict["NAME"])
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def kota(db: None) -> "Government":
    """Kota Contoh, the city."""
    return apps.get_model("tenancy.Government").objects.get(slug="kota-contoh")


@pytest.fixture
def kementerian(db: None) -> "Government":
    """Kementerian Contoh, the ministry with sites in all zones."""
    return apps.get_model("tenancy.Government").objects.get(slug="kementerian-contoh")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that a server's own user can reach; pytest's own are closed to everybody else."""
    folder = servers.open_temporary_folder()
    yield folder
    servers.remove(folder)


TOUCHES_A_DATABASE = {"cluster", "db", "transactional_db", "django_db_setup"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what opens a browser; on another server than the embedded one keep only the tests that touch it."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    if not os.environ.get("HADIR_TEST_PG"):
        return
    kept = [item for item in items if TOUCHES_A_DATABASE & set(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Count a test that was left out as failed, where the run must be whole."""
    report: pytest.TestReport = (yield).get_result()
    is_left_out = report.skipped and not hasattr(report, "wasxfail") and not item.get_closest_marker("shared")
    if is_left_out and os.environ.get("HADIR_REFUSE_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"left out, and this run allows no test to be left out: {report.longrepr}"
