from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hadir.org.models import Placement


def never_activated_sheet(placements: Iterable[Placement], names: dict[int, str]) -> bytes:
    """Return the list of who never signed in as an XLSX file; every cell is text, so that none is a formula."""
    written = BytesIO()
    book = Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Never signed in")[:31])
    bold = book.add_format({"bold": True})
    rows = [[_("Name"), _("Sign-in name"), _("Unit"), _("Post")]]
    rows += [[p.person.name, names.get(p.person_id, ""), p.unit.name, p.post] for p in placements]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, bold if number == 0 else None)
    sheet.set_column(0, 3, 32)
    sheet.freeze_panes(1, 0)
    book.close()
    return written.getvalue()
