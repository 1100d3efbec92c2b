"""Pages made of the look's parts, filled with people who do not exist."""

from calendar import monthcalendar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory
from django.utils import translation

from hadir.kernel.zones import Zone

FOLDER = Path(__file__).parent / "samples"
PAGES = ("home", "board", "recap", "history", "form")
TODAY = date(2026, 8, 21)
STATES = ("present", "present", "late", "present", "away", "present", "absent", "present", "present", "pending")
NAMES = (
    "Sari Wulandari, S.E.",
    "Budi Santosa",
    "Drs. Agus Prasetyo Nugroho, M.Si.",
    "Dewi Lestari, S.Kom.",
    "Yohanes Tampubolon",
    "I Made Sudarma",
    "Nurhayati Rahman, A.Md.Kep.",
    "Fransiska Mandagi",
)
UNITS = ("Dinas Kesehatan", "Dinas Pendidikan", "Sekretariat Daerah", "Badan Kepegawaian", "Satpol PP", "Inspektorat")


@dataclass
class Menu:
    label: str
    url: str
    current: bool = False
    count: int = 0


class AskLeave(forms.Form):
    kind = forms.ChoiceField(label="Jenis cuti", choices=[("annual", "Cuti tahunan"), ("sick", "Cuti sakit")])
    first = forms.DateField(label="Hari pertama", widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label="Alasan", help_text="Dibaca oleh atasan Anda.", widget=forms.Textarea({"rows": 3}))
    letter = forms.FileField(label="Surat", required=False)
    abroad = forms.BooleanField(label="Ke luar negeri", required=False)
    half = forms.ChoiceField(label="Bagian hari", choices=[("all", "Sehari"), ("am", "Pagi")], widget=forms.RadioSelect)


class Filter(forms.Form):
    unit = forms.ChoiceField(label="Unit", required=False, choices=[("", "Semua unit"), ("1", "Dinas Kesehatan")])
    group = forms.ChoiceField(label="Golongan", required=False, choices=[("", "Semua"), ("pns", "PNS")])


def engine() -> DjangoTemplates:
    """The project's own templates and tags, with nothing of the rooms above."""
    return DjangoTemplates(
        {
            "NAME": "samples",
            "DIRS": [FOLDER],
            "APP_DIRS": True,
            "OPTIONS": {
                "builtins": ["hadir.platform.templatetags.hadir"],
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.template.context_processors.i18n",
                ],
            },
        },
    )


def render(name: str, language: str = "id", request: HttpRequest | None = None, **more: Any) -> str:
    asked = request or RequestFactory().get(f"/{name}")
    with translation.override(language):
        return engine().get_template(name).render({**_frame(), **_content(), **more}, asked)


def _frame() -> dict[str, Any]:
    return {
        "institution": {"name": "Pemerintah Kota Contoh"},
        "navigation": [
            Menu("Beranda", "/home", current=True),
            Menu("Presensi", "/tap"),
            Menu("Riwayat", "/history"),
            Menu("Menunggu saya", "/form", count=4),
            Menu("Papan langsung", "/board"),
            Menu("Rekap", "/recap"),
        ],
        "account": {
            "name": "Sari Wulandari",
            "detail": "Dinas Kesehatan",
            "menu": [{"label": "Ponsel saya", "url": "/home"}],
            "sign_out_url": "/home",
        },
    }


def _content() -> dict[str, Any]:
    asked = AskLeave({"kind": "annual", "reason": ""})
    asked.add_error(None, "Saldo cuti tahunan Anda tinggal 1 hari.")
    weekdays = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
    weeks = monthcalendar(TODAY.year, TODAY.month)
    return {
        "now": datetime(2026, 8, 21, 0, 42, tzinfo=UTC),
        "today": TODAY,
        "zone": Zone.WIB,
        "form": asked,
        "weekdays": weekdays,
        "weeks": [[_day(number, column) for column, number in enumerate(week)] for week in weeks],
        "days": [{"number": n, "name": weekdays[date(2026, 8, n).weekday()]} for n in range(1, 32)],
        "people": [{"name": name, "cells": [_cell(row, n) for n in range(1, 32)]} for row, name in enumerate(NAMES)],
        "units": [_unit(row, name) for row, name in enumerate(UNITS)],
        "parts": [("present", 1955), ("late", 38), ("absent", 21), ("away", 390)],
        "page": Paginator(range(100), 20).page(2),
    }


def _day(number: int, column: int) -> dict[str, Any] | None:
    if not number:
        return None
    rest = column > 4
    state = "" if rest or number > TODAY.day else STATES[number % len(STATES)]
    return {"number": number, "rest": rest, "state": state, "note": "07.28, 16.03" if state == "present" else ""}


def _cell(row: int, number: int) -> dict[str, Any]:
    rest = date(2026, 8, number).weekday() > 4
    return {"day": number, "rest": rest, "state": STATES[(number * 7 + row * 3) % len(STATES)]}


def _unit(row: int, name: str) -> dict[str, Any]:
    due, present = 120 + 31 * row, 110 + 29 * row
    return {"name": name, "due": due, "present": present, "late": row, "absent": 2, "rate": 10_000 * present // due}
