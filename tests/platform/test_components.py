from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.test import RequestFactory
from django.utils import translation
from tests.frontend.samples import engine

from hadir.kernel.zones import Zone
from hadir.platform.assets import AssetMissingError
from hadir.platform.states import STATES


class Leave(forms.Form):
    first = forms.CharField(label="Hari pertama", help_text="Hari kerja.")
    note = forms.CharField(label="Catatan", required=False)


def shown(source: str, language: str = "id", **context: Any) -> str:
    request = RequestFactory().get("/list?unit=3&page=2")
    with translation.override(language):
        return str(engine().from_string(source).render(context, request)).strip()


def test_each_state_has_its_own_letter_and_word() -> None:
    assert [STATES[name].letter for name in ("present", "late", "absent", "away")] == ["H", "T", "A", "D"]
    assert len({state.letter for state in STATES.values()}) == len(STATES)


@pytest.mark.parametrize(("language", "word"), [("id", "Tidak hadir"), ("en", "Absent")])
def test_a_mark_is_read_aloud_as_its_word(language: str, word: str) -> None:
    assert f'aria-label="{word}">A<' in shown('{% mark "absent" %}', language)


def test_a_chip_shows_given_words_safely() -> None:
    assert "&lt;b&gt;12 menit" in shown('{% chip "late" words %}', words="<b>12 menit")


def test_a_bar_is_drawn_without_any_style_attribute() -> None:
    drawn = shown('{% bar 3 4 "present" %}')
    assert 'width="7500"' in drawn
    assert "style=" not in drawn


def test_parts_of_a_stack_stand_one_after_another_and_an_empty_total_is_an_empty_bar() -> None:
    parts = [("present", 6), ("absent", 2)]
    assert 'x="7500" y="0" width="2500"' in shown('{% stack parts 8 "x" %}', parts=parts)
    assert 'width="0"' in shown('{% stack parts 0 "x" %}', parts=parts)


def test_a_field_ties_its_hint_and_its_error_to_the_input() -> None:
    text = shown("{% field form.first %}", form=Leave({"first": ""}))
    assert 'aria-describedby="id_first_helptext id_first_error"' in text
    assert 'id="id_first_helptext"' in text
    assert 'id="id_first_error"' in text
    assert 'aria-invalid="true"' in text


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert "opsional" in shown("{% field form.note %}", form=Leave())
    assert "opsional" not in shown("{% field form.first %}", form=Leave())


def test_pages_keep_the_rest_of_the_address() -> None:
    text = shown("{% pagination page %}", page=Paginator(range(30), 10).page(2))
    assert "?unit=3&amp;page=1" in text
    assert "?unit=3&amp;page=3" in text
    assert "Halaman 2 dari 3" in text
    assert shown("{% pagination page %}", page=Paginator(range(3), 10).page(1)) == ""


def test_the_clock_carries_the_instant_and_the_zone_for_the_script() -> None:
    text = shown("{% server_clock now zone %}", now=datetime(2026, 8, 3, 0, 30, tzinfo=UTC), zone=Zone.WIT)
    assert 'data-clock="1785717000000" data-offset="540"' in text
    assert "09.30" in text
    assert "WIT" in text


def test_without_a_build_the_page_says_how_to_make_one(settings: Any, tmp_path: Path) -> None:
    settings.HADIR_ASSET_MANIFEST = tmp_path / "manifest.json"
    with pytest.raises(AssetMissingError, match="hadir assets"):
        shown('{% asset "look.css" %}')


def test_an_asset_is_loaded_by_the_hashed_name_that_the_build_gave_it(settings: Any, tmp_path: Path) -> None:
    settings.HADIR_ASSET_MANIFEST = tmp_path / "manifest.json"
    made = '{"src/look.css": {"file": "assets/look-Ab1.css"}, "src/pages/tap.ts": {"file": "assets/tap-Cd2.js"}}'
    settings.HADIR_ASSET_MANIFEST.write_text(made)
    assert shown('{% asset "look.css" %}') == '<link rel="stylesheet" href="/static/assets/look-Ab1.css">'
    assert shown('{% asset "tap.ts" %}') == '<script type="module" src="/static/assets/tap-Cd2.js"></script>'


def test_a_page_names_the_files_of_the_build_that_its_process_started_with(settings: Any, tmp_path: Path) -> None:
    settings.HADIR_ASSET_MANIFEST = tmp_path / "manifest.json"
    settings.HADIR_ASSET_MANIFEST.write_text('{"src/look.css": {"file": "assets/look-Ab1.css"}}')
    first = shown('{% asset "look.css" %}')
    settings.HADIR_ASSET_MANIFEST.write_text('{"src/look.css": {"file": "assets/look-Zz9.css"}}')
    assert shown('{% asset "look.css" %}') == first


class Attributes(HTMLParser):
    """Every attribute and every inline script of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forbidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        self.forbidden += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]
        is_data = ("type", "application/json") in attrs
        if tag == "style" or (tag == "script" and "src" not in names and not is_data):
            self.forbidden.append(tag)


def test_no_template_holds_an_inline_script_style_or_handler() -> None:
    found = {}
    for file in Path(__file__).resolve().parents[2].glob("src/hadir/*/templates/**/*.html"):
        parser = Attributes()
        parser.feed(file.read_text())
        if parser.forbidden:
            found[file.name] = parser.forbidden
    assert found == {}
