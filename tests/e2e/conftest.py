from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests import servers
from tests.e2e.sites import Site, prepared_site

from hadir.cli.browser import find_browser
from hadir.cli.cluster import Cluster

PHONE = {"width": 360, "height": 740}
FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever opens a page needs a browser; the marker follows the fixture."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium with a fake camera."""
    found = find_browser()
    if found is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(found), args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(cluster: Cluster, django_db_setup: None, worker_id: str) -> Iterator[Site]:
    """Hadir's door before a database of its own, which starts as the template: two governments, nobody in them."""
    folder = servers.open_temporary_folder()
    prepared = prepared_site(cluster, f"hadir_site_{worker_id}", folder)
    with prepared.serving():
        yield prepared
    servers.remove(folder)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A phone that speaks Indonesian, gives its camera, and is where a test says (context.set_geolocation)."""
    context = browser.new_context(
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
