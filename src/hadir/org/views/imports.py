from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hadir.kernel.clock import today_at
from hadir.org.commands.imports import Uploaded, apply_upload, drop_upload, keep_upload
from hadir.org.forms import UploadForm
from hadir.org.importing.photos import LARGEST as LARGEST_ZIP
from hadir.org.importing.photos import NotAZip
from hadir.org.importing.sheet import LARGEST, NotASheet, SheetTooLarge, read_sheet
from hadir.org.importing.uploads import in_force, own_upload, plan_upload
from hadir.org.rights import Right
from hadir.org.sheets import template_sheet
from hadir.org.views.people import as_sheet
from hadir.platform.refusals import sentence_of
from hadir.tenancy.pages import in_government

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpResponse

    from hadir.kernel.refusals import Refusal
    from hadir.org.pages import ActingRequest

MOST_SHOWN = 500


@require_http_methods(["GET", "POST"])
@in_government
def upload(request: ActingRequest) -> HttpResponse:
    """Take a sheet of people, read it, and lead to what it would do."""
    request.actor.require_anywhere(Right.EDIT_PEOPLE)
    if request.method == "GET":
        return render(request, "org/upload.html", {"form": UploadForm(initial={"on": today_at(request.zone)})})
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            kept = keep_upload(_uploaded(form), actor=request.actor)
        except (NotASheet, SheetTooLarge) as refusal:
            form.add_error("sheet", sentence_of(refusal))
        except NotAZip as refusal:
            form.add_error("photos", sentence_of(refusal))
        else:
            return redirect("org:preview", kept.pk)
    return render(request, "org/upload.html", {"form": form}, status=422)


@require_http_methods(["GET", "POST"])
@in_government
def preview(request: ActingRequest, upload_id: int) -> HttpResponse:
    """Show who would be new and who would change, and every cell that is not accepted; confirming does it."""
    kept = own_upload(upload_id, actor=request.actor)
    if request.method == "POST":
        done = apply_upload(kept, actor=request.actor)
        said = _("%(new)d people are new, %(changed)d changed.")
        messages.success(request, said % {"new": len(done.new), "changed": len(done.changed)})
        return redirect("org:people")
    plan = plan_upload(kept, actor=request.actor)
    changed = [(line, [column.value for column in line.changes]) for line in plan.changed[:MOST_SHOWN]]
    context = {
        "upload": kept,
        "on": in_force(kept),
        "plan": plan,
        "faults": plan.faults[:MOST_SHOWN],
        "changed": changed,
        "new": plan.new[:MOST_SHOWN],
        "most": MOST_SHOWN,
    }
    return render(request, "org/preview.html", context)


@require_POST
@in_government
def drop(request: ActingRequest, upload_id: int) -> HttpResponse:
    """Forget an upload."""
    drop_upload(own_upload(upload_id, actor=request.actor))
    return redirect("org:upload")


@require_safe
@in_government
def template(request: ActingRequest) -> HttpResponse:
    """Give the empty sheet."""
    request.actor.require_anywhere(Right.EDIT_PEOPLE)
    return as_sheet(template_sheet(), "hadir-pegawai")


def _uploaded(form: UploadForm) -> Uploaded:
    given = form.cleaned_data
    sheet: UploadedFile = given["sheet"]
    photos: UploadedFile | None = given["photos"]
    content = _read(sheet, LARGEST, SheetTooLarge())
    packed = _read(photos, LARGEST_ZIP, NotAZip()) if photos else b""
    return Uploaded(read_sheet(content), sheet.name or "", packed, given["on"], given["reason"])


def _read(file: UploadedFile, most: int, refusal: Refusal) -> bytes:
    if (file.size or 0) > most:
        raise refusal
    return bytes(file.read())
