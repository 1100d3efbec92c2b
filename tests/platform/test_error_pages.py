from pathlib import Path
from typing import Any

import pytest
from tests.frontend.samples import render


@pytest.fixture(autouse=True)
def built(settings: Any, tmp_path: Path) -> None:
    """Names of a build, enough for a page that is only read."""
    settings.HADIR_ASSET_MANIFEST = tmp_path / "manifest.json"
    names = ("src/icon.svg", "src/look.css", "src/pages/page.ts")
    made = ", ".join(f'"{name}": {{"file": "assets/{name[-5:]}"}}' for name in names)
    settings.HADIR_ASSET_MANIFEST.write_text(f"{{{made}}}")


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "500"])
@pytest.mark.parametrize(("language", "home"), [("id", "Ke Beranda"), ("en", "To the first page")])
def test_an_error_page_says_what_happened_and_leads_home_in_both_languages(page: str, language: str, home: str) -> None:
    text = render(f"{page}.html", language, institution={}, navigation=[], account={})
    assert f'lang="{language}"' in text
    assert home in text
    assert page[:3] in text
