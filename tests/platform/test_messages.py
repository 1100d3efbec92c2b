import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from hadir.platform import messages

PAGE = """{% load i18n %}
<div>
      <p>{{ days }}</p>
    </div>
  <p>1</p>
<h1>{% translate "Leave" context "absence" %}</h1>
{% blocktranslate count days=days trimmed %}
  {{ days }} day left
{% plural %}
  {{ days }} days left
{% endblocktranslate %}
{% include "x.html" with title=_("Ask for leave") %}
"""
CODE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext
SENTENCE = gettext_lazy("Nothing was found.")
def told(count):
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small house of one room with a page and a module."""
    room = tmp_path / "requests"
    (room / "templates" / "requests").mkdir(parents=True)
    (room / "templates" / "requests" / "ask.html").write_text(PAGE)
    (room / "views.py").write_text(CODE)
    return tmp_path


def translate(file: Path, **given: str) -> None:
    with file.open("rb") as opened:
        catalogue = read_po(opened, locale="id")
    for message in messages._messages(catalogue):
        known = given[messages._first(message.id).split()[0]]
        message.string = known if isinstance(message.id, str) else (known,)
    messages._write(catalogue, "id", file.parents[2])


ALL = {
    "Leave": "Cuti",
    "%(days)s": "tersisa %(days)s hari",
    "Ask": "Ajukan cuti",
    "Nothing": "Tidak ada yang ditemukan.",
    "%(count)d": "%(count)d orang",
}


def test_sentences_of_pages_and_code_are_found_with_context_and_plural(house: Path) -> None:
    found = {(message.context, message.id) for message in messages.sentences(house) if message.id}
    assert found == {
        ("absence", "Leave"),
        (None, ("%(days)s day left", "%(days)s days left")),
        (None, "Ask for leave"),
        (None, "Nothing was found."),
        (None, ("%(count)d person", "%(count)d people")),
    }


def test_every_new_sentence_is_missing_until_it_is_translated(house: Path) -> None:
    locale = house / "locale"
    assert len(messages.untranslated(house, locale)) == 5
    [file] = messages.extract(house, locale)
    assert {lack.reason for lack in messages.untranslated(house, locale)} == {"not translated"}
    translate(file, **ALL)
    assert messages.untranslated(house, locale) == []


def test_a_second_extraction_keeps_translations_and_drops_what_nobody_says(house: Path) -> None:
    locale = house / "locale"
    [file] = messages.extract(house, locale)
    translate(file, **ALL)
    (house / "requests" / "views.py").write_text('from gettext import gettext\nOTHER = gettext("Another one.")\n')
    messages.extract(house, locale)
    text = file.read_text()
    assert "Ajukan cuti" in text
    assert "Nothing was found." not in text
    assert [lack.sentence for lack in messages.untranslated(house, locale)] == ["Another one."]


def test_equal_sources_make_an_identical_file(house: Path) -> None:
    [file] = messages.extract(house, house / "locale")
    first = file.read_bytes()
    messages.extract(house, house / "locale")
    assert file.read_bytes() == first


def test_a_translation_that_drops_a_figure_is_told_with_its_place(house: Path) -> None:
    locale = house / "locale"
    [file] = messages.extract(house, locale)
    translate(file, **{**ALL, "%(count)d": "beberapa orang"})
    [lack] = messages.untranslated(house, locale)
    assert str(lack) == "id: '%(count)d person' (differs in count) in requests/views.py"


def test_the_compiled_catalogue_has_one_form_for_every_number(house: Path) -> None:
    locale = house / "locale"
    [file] = messages.extract(house, locale)
    translate(file, **ALL)
    [compiled] = messages.compile_catalogues(locale)
    with compiled.open("rb") as opened:
        catalogue = gettext.GNUTranslations(opened)
    assert catalogue.ngettext("%(count)d person", "%(count)d people", 1) == "%(count)d orang"
    assert catalogue.ngettext("%(count)d person", "%(count)d people", 5) == "%(count)d orang"
    assert catalogue.pgettext("absence", "Leave") == "Cuti"


def test_hadir_says_everything_in_indonesian() -> None:
    assert [str(lack) for lack in messages.untranslated()] == []


def test_every_room_that_has_sentences_is_on_the_list() -> None:
    silent = {"rules", "wire", "cli", "locale"}
    rooms = {folder.name for folder in messages.SOURCE.iterdir() if (folder / "__init__.py").exists()}
    assert rooms <= set(messages.ROOMS) | silent
