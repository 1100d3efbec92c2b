"""The columns of a sheet of people, and what offices write above them."""

from __future__ import annotations

import re
from enum import Enum


class Field(Enum):
    """A column; its value is the heading in the template that can be downloaded."""

    NUMBER = "NIP / NI PPPK"
    NIP = "NIP"
    NI_PPPK = "NI PPPK"
    NAME = "Nama"
    RANK = "Pangkat / Golongan"
    POST = "Jabatan"
    UNIT = "Unit kerja"
    CLASS = "Status"
    EMAIL = "Email dinas"
    SECONDARY_EMAIL = "Email cadangan"
    SUPERIOR = "Atasan langsung"
    PHOTO = "Foto"


TEMPLATE = (
    Field.NUMBER,
    Field.NAME,
    Field.RANK,
    Field.POST,
    Field.UNIT,
    Field.CLASS,
    Field.EMAIL,
    Field.SECONDARY_EMAIL,
    Field.SUPERIOR,
    Field.PHOTO,
)
NEEDED = (Field.NAME, Field.UNIT, Field.CLASS)

# Compared without blanks, signs and capitals.
_HEADINGS: dict[Field, str] = {
    Field.NUMBER: "nipnipppk nipataunipppk nipni nipnippk employeenumber number nomorinduk nomorindukpegawai",
    Field.NIP: "nip nipbaru nippns",
    Field.NI_PPPK: "nipppk nip3k nippppk",
    Field.NAME: "nama namalengkap namapegawai name fullname",
    Field.RANK: "pangkatgolongan pangkat golongan golonganruang pangkatgol gol rank grade",
    Field.POST: "jabatan namajabatan post position jobtitle title",
    Field.UNIT: "unitkerja unit unitorganisasi opd skpd kodeunit office department unitcode",
    Field.CLASS: "status statuspegawai jenispegawai statuskepegawaian class staffclass employmentstatus",
    Field.EMAIL: "emaildinas email surel officeemail emailkantor surelkedinasan",
    Field.SECONDARY_EMAIL: "emailcadangan emailpribadi secondaryemail surelpribadi privateemail emailkedua",
    Field.SUPERIOR: "atasanlangsung atasan nipatasan superior directsuperior supervisor",
    Field.PHOTO: "foto filefoto namafilefoto photo picture photofile",
}
_KNOWN = {heading: field for field, headings in _HEADINGS.items() for heading in headings.split()}


def field_of(heading: str) -> Field | None:
    """Return the column that a heading means; None for a heading that means nothing here."""
    return _KNOWN.get(re.sub(r"[^a-z0-9]", "", heading.lower()))
