"""The journal of acts, as auditors and the personnel agency read it.

It stands here because it joins the journal with rights and names of people, both of which lie above the journal's room.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hadir.audit.acts import act_words
from hadir.audit.queries import Wanted, acts_found
from hadir.org.models import Person, Placement
from hadir.org.reach import root_paths
from hadir.org.rights import Right
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from hadir.accounts.pages import PageRequest
    from hadir.audit.models import Entry
    from hadir.kernel.zones import Zone
    from hadir.org.rights import Actor

A_PAGE = 50
ONE_DAY = timedelta(days=1)
PERSON = "org.person"
# No command writes such a thing into the journal; should one ever, no page repeats it.
SECRETS = frozenset({"password", "secret", "token", "link", "pass", "key"})


class JournalForm(forms.Form):
    """Which acts are looked for."""

    act = forms.CharField(label=_("Act"), required=False, max_length=60)
    subject = forms.CharField(label=_("Upon what"), required=False, max_length=60)
    subject_id = forms.CharField(label=_("Its number"), required=False, max_length=80)
    person = forms.CharField(label=_("Who did it"), required=False, max_length=120)
    first = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def wanted(self, zone: Zone) -> Wanted:
        """Return what was filled in, dates as those of a zone; what could not be read does not matter."""
        given = self.cleaned_data
        first, last = given.get("first"), given.get("last")
        return Wanted(
            act=given.get("act", "").strip(),
            subject=given.get("subject", "").strip().lower(),
            subject_id=given.get("subject_id", "").strip(),
            since=_midnight(first, zone) if first else None,
            until=_midnight(last + ONE_DAY, zone) if last else None,
        )


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act as the page shows it: who, upon what, and the details as pairs of word and value."""

    entry: Entry
    words: str
    who: str
    subject: str
    details: list[tuple[str, str]]


@require_safe
@in_government
def journal(request: PageRequest) -> HttpResponse:
    """Show the journal, the latest act first."""
    request.actor.require_anywhere(Right.READ_JOURNAL)
    form = JournalForm(request.GET or None)
    form.is_valid()
    wanted, words = Wanted(), ""
    if form.is_bound:
        wanted, words = form.wanted(request.zone), form.cleaned_data.get("person", "").strip()
    found = acts_found(wanted).filter(_in_reach(request.actor))
    if words:
        found = found.filter(person_id__in=Person.objects.filter(name__icontains=words).values("pk"))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": act_rows(page.object_list), "zone": request.zone}
    return render(request, "portal/journal.html", context)


def act_rows(entries: Iterable[Entry]) -> list[ActRow]:
    """Return acts with the names of the people in them; one query."""
    shown = list(entries)
    numbers = {each.person_id for each in shown if each.person_id}
    numbers |= {int(each.subject_id) for each in shown if each.subject == PERSON and each.subject_id.isdecimal()}
    names = dict(Person.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return [
        ActRow(each, act_words(each.act), _who(each, names), _subject(each, names), _details(each.detail))
        for each in shown
    ]


def _who(entry: Entry, names: dict[int, str]) -> str:
    if entry.person_id is not None:
        return names.get(entry.person_id, str(entry.person_id))
    return gettext("The system") if entry.account_id is None else gettext("Platform operator")


def _subject(entry: Entry, names: dict[int, str]) -> str:
    name = names.get(int(entry.subject_id)) if entry.subject == PERSON and entry.subject_id.isdecimal() else None
    return f"{entry.subject} {entry.subject_id}" + (f", {name}" if name else "")


def _details(detail: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (word, value if isinstance(value, str) else json.dumps(_without_secrets(value), ensure_ascii=False))
        for word, value in _without_secrets(detail).items()
    ]


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        return {word: _without_secrets(each) for word, each in value.items() if word.lower() not in SECRETS}
    return [_without_secrets(each) for each in value] if isinstance(value, list) else value


def _in_reach(actor: Actor) -> Q:
    """Everything for who reads for the whole government; else what people of the actor's units did or underwent."""
    if all(actor.may(Right.READ_JOURNAL, path) for path in root_paths()):
        return Q()
    people: QuerySet[Placement] = Placement.objects.filter(actor.within(Right.READ_JOURNAL, "unit__path"))
    as_text = people.annotate(number=Cast("person_id", CharField())).values("number")
    return Q(person_id__in=people.values("person_id")) | Q(subject=PERSON, subject_id__in=as_text)


def _midnight(day: date, zone: Zone) -> datetime:
    return datetime.combine(day, time.min, zone.info).astimezone(UTC)
