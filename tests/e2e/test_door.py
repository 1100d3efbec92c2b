import json
import urllib.request

from playwright.sync_api import Page
from tests.e2e.sites import Site


def test_gate_and_pages_share_one_port(site: Site) -> None:
    with urllib.request.urlopen(f"{site.url}/gate/keys", timeout=10) as answer:
        assert json.load(answer)["keys"]


def test_a_browser_gets_a_page_from_the_door(page: Page) -> None:
    answer = page.goto("/")
    assert answer is not None
    assert answer.headers["content-type"].startswith("text/html")
    assert "script-src" in answer.headers["content-security-policy"]
