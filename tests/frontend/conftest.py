"""The front end as built from source now, and its pages served with the content policy that a real page has."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.frontend.stage import Stage

from hadir.cli.assets import Node, provide_modules, provide_node

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"


@pytest.fixture(scope="session")
def node() -> Node:
    """Node with the front end's packages, as the build itself provides them."""
    found = provide_node(print)
    provide_modules(found, print)
    return found


@pytest.fixture(scope="session")
def dist(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh build of the front end, apart from the one that is served."""
    built = tmp_path_factory.mktemp("dist")
    vite = [node.program, "node_modules/vite/bin/vite.js", "build"]
    subprocess.run([*vite, "--outDir", built, "--emptyOutDir"], cwd=FRONTEND, check=True, capture_output=True)
    return built


@pytest.fixture
def assets(dist: Path, settings: Any) -> Path:
    """The build, as the pages of this test name it."""
    settings.HADIR_ASSET_MANIFEST = dist / ".vite" / "manifest.json"
    return dist


@pytest.fixture
def stage(assets: Path) -> Iterator[Stage]:
    opened = Stage(assets)
    yield opened
    opened.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """Sari's phone: 360 pixels wide, 31 m from the middle of her office, its faults told to the test."""
    office = {"latitude": -6.20028, "longitude": 106.8, "accuracy": 8}
    context = chromium.new_context(
        viewport={"width": 360, "height": 740},
        geolocation=office,
        permissions=["camera", "geolocation"],
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    assert faults == []
