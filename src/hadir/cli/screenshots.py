"""Photographs of every screen of the demo, so that a person can look at them."""

import argparse
import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from hadir.cli.browser import provide_browser
from hadir.cli.crew import Crew
from hadir.cli.demo_state import DemoState
from hadir.cli.homes import ROOT
from hadir.cli.ports import await_answer
from hadir.cli.screens import SCREENS, Screen
from hadir.cli.trouble import TroubleError

WIDTHS = {360: 740, 1280: 800}
LANGUAGES = ("id", "en")
LOADING_SECONDS = 900.0
FLAGS = ("--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--hide-scrollbars")
HERE = {"latitude": -6.2, "longitude": 106.8, "accuracy": 8}


def main(argv: Sequence[str]) -> int:
    """Photograph the screens of the demo, which is started for it where it does not run."""
    parser = argparse.ArgumentParser(prog="hadir screenshots", description="Photograph every screen of the demo.")
    parser.add_argument("names", nargs="*", metavar="SCREEN", help="only these: " + ", ".join(s.name for s in SCREENS))
    parser.add_argument("--into", type=Path, default=ROOT / "screenshots", help="folder (default screenshots/)")
    parser.add_argument("--port", type=int, default=8009, help="port for a demo that is started (default 8009)")
    options = parser.parse_args(argv)
    wanted = [screen for screen in SCREENS if not options.names or screen.name in options.names]
    browser = provide_browser(lambda line: print(line, file=sys.stderr))
    if browser is None:
        raise TroubleError("There is no Chromium here, and none could be installed.")
    with demo(options.port) as address, sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(browser), args=list(FLAGS))
        looks = [Look(width, language, options.into) for width in WIDTHS for language in LANGUAGES]
        missed = [name for look in looks for name in photograph(opened, address, wanted, look)]
        opened.close()
    if missed:
        raise TroubleError(f"{len(missed)} pictures could not be taken:\n  " + "\n  ".join(missed))
    return 0


@dataclass(frozen=True, slots=True)
class Look:
    """How the screens are looked at, and where the pictures go."""

    width: int
    language: str
    folder: Path

    def file(self, screen: Screen) -> Path:
        """Where the picture of a screen goes."""
        return self.folder / str(self.width) / self.language / f"{screen.name}.png"


def photograph(browser: Browser, address: str, screens: Sequence[Screen], look: Look) -> list[str]:
    """Take a picture of each screen, in one session for each role; return what could not be taken, and why."""
    missed = []
    for role in dict.fromkeys(screen.role for screen in screens):
        context = browser.new_context(
            base_url=address,
            viewport={"width": look.width, "height": WIDTHS[look.width]},
            locale="id-ID",
            permissions=["camera", "geolocation"],
            geolocation={"latitude": HERE["latitude"], "longitude": HERE["longitude"], "accuracy": HERE["accuracy"]},
        )
        context.add_cookies([{"name": "hadir_language", "value": look.language, "url": address}])
        if role:
            sign_in(context, role)
        for screen in screens:
            if screen.role != role:
                continue
            try:
                take(context.new_page(), screen, look.file(screen))
            except (TroubleError, PlaywrightError) as problem:
                missed.append(f"{look.file(screen)}: {str(problem).splitlines()[0]}")
        context.close()
    return missed


def take(page: Page, screen: Screen, file: Path) -> None:
    """Open a screen and write its picture."""
    page.goto(screen.path)
    for step in screen.steps:
        step(page)
    page.wait_for_load_state("networkidle")
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(file), full_page=True)
    page.close()
    print(file, flush=True)


def sign_in(context: BrowserContext, role: str) -> None:
    """Sign in as the person of the demo who has a role."""
    way = way_in(role)
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("input[name=name]").fill(way["name"])
    page.locator("input[name=password]").fill(way["password"])
    page.locator("main form.card button").first.click()
    page.wait_for_load_state("networkidle")
    if "/sign-in" in page.url:
        raise TroubleError(f"The demo does not let in {way['name']}.")
    page.close()


def way_in(role: str) -> dict[str, Any]:
    """What was printed for a role when the demo was loaded."""
    loaded = DemoState().what_was_loaded()
    ways: list[dict[str, Any]] = loaded["sign_ins"] if loaded else []
    found = next((way for way in ways if way["role"] == role), None)
    if found is None:
        raise TroubleError(f"The demo has nobody for the role {role}.")
    return found


@contextlib.contextmanager
def demo(port: int) -> Iterator[str]:
    """Give the address of the demo that runs, or of one that runs as long as the block does."""
    running = address_of_running_demo()
    if running:
        yield running
        return
    crew = Crew()
    address = f"http://localhost:{port}"
    try:
        crew.start("demo", [sys.executable, "-m", "hadir", "demo", "--port", str(port)], os.environ)
        await_answer(f"{address}/sign-in", crew.check, LOADING_SECONDS)
        yield address
    finally:
        crew.stop()


def address_of_running_demo() -> str | None:
    """The address that the demo's lock tells, if somebody holds it."""
    lock = DemoState().folder / "lock"
    if not lock.exists():
        return None
    is_free = subprocess.run(["flock", "--nonblock", str(lock), "true"], check=False).returncode == 0
    told = re.search(r"http://\S+", lock.read_text())
    return None if is_free or told is None else told.group()
