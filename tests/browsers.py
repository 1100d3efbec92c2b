from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from hadir.cli.browser import find_browser

FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless Chromium with a fake camera.

    Of one module only: while it is open, its event loop lies over the process, and neither Django nor asyncio.run
    would work in the tests of another.
    """
    found = find_browser()
    if found is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(found), args=list(FLAGS))
        yield browser
        browser.close()
