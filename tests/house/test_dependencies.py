import re
from pathlib import Path

import pytest
from tests.house.sources import ROOT

REQUIREMENTS = ROOT / "requirements"


def asked_for(path: Path) -> set[str]:
    lines = [line.strip() for line in path.read_text().splitlines()]
    return {re.split(r"[\[=<>~;@ ]", line)[0].lower() for line in lines if line and line[0] not in "#-"}


def locked(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ \\]+)", path.read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", ["run.in", "dev.in"])
def test_every_dependency_has_a_sentence_that_says_what_it_spares_us(name: str) -> None:
    written = (ROOT / "docs" / "dependencies.md").read_text().lower()
    assert {each for each in asked_for(REQUIREMENTS / name) if f"**{each}**" not in written} == set()


def test_testing_and_running_use_the_same_versions() -> None:
    run, dev = locked(REQUIREMENTS / "run.txt"), locked(REQUIREMENTS / "dev.txt")
    assert {name: (version, dev.get(name)) for name, version in run.items() if dev.get(name) != version} == {}


@pytest.mark.parametrize("name", ["run", "dev"])
def test_everything_asked_for_is_locked(name: str) -> None:
    assert asked_for(REQUIREMENTS / f"{name}.in") - set(locked(REQUIREMENTS / f"{name}.txt")) == set()


@pytest.mark.parametrize(
    "path", [*sorted(REQUIREMENTS.glob("*.txt")), ROOT / "frontend" / "package-lock.json"], ids=lambda path: path.name
)
def test_no_lock_file_carries_an_address(path: Path) -> None:
    # A lock file that names a host would only install where that host is reachable; checksums are what binds.
    written = path.read_text()
    assert not re.search(r"(--index-url|--find-links|--trusted-host|\"resolved\": \"http)", written)
