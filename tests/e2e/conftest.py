from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests import servers
from tests.e2e.sites import Site, prepared_site

from hadir.cli.cluster import Cluster

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def site(cluster: Cluster, django_db_setup: None, worker_id: str) -> Iterator[Site]:
    """Hadir's door before a database of its own, which starts as the template: two governments, nobody in them."""
    folder = servers.open_temporary_folder()
    prepared = prepared_site(cluster, f"hadir_site_{worker_id}", folder)
    with prepared.serving():
        yield prepared
    servers.remove(folder)


@pytest.fixture
def phone(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    """A phone that speaks Indonesian, gives its camera, and is where a test says (context.set_geolocation)."""
    context = chromium.new_context(
        base_url=site.url,
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        locale="id-ID",
        permissions=["camera", "geolocation"],
    )
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    """A page of the phone."""
    return phone.new_page()
