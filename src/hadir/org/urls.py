from django.urls import path

from hadir.org.views import groups, imports, people, placing, roles, sites, units

app_name = "org"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/file", people.people_file, name="people_file"),
    path("people/template", imports.template, name="template"),
    path("people/upload", imports.upload, name="upload"),
    path("people/upload/<int:upload_id>", imports.preview, name="preview"),
    path("people/upload/<int:upload_id>/drop", imports.drop, name="drop"),
    path("people/<int:person_id>", people.person, name="person"),
    path("people/<int:person_id>/photo", people.photo, name="photo"),
    path("people/<int:person_id>/place", placing.place, name="place"),
    path("units/", units.units, name="units"),
    path("units/<int:unit_id>/rename", units.rename, name="rename_unit"),
    path("units/<int:unit_id>/close", units.close, name="close_unit"),
    path("sites/", sites.sites, name="sites"),
    path("sites/new", sites.site, name="new_site"),
    path("sites/<int:site_id>", sites.site, name="site"),
    path("sites/<int:site_id>/close", sites.close, name="close_site"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<int:group_id>", groups.group, name="group"),
    path("groups/<int:group_id>/leave", groups.leave, name="leave_group"),
    path("roles/", roles.roles, name="roles"),
    path("roles/<int:appointment_id>/end", roles.end, name="end_appointment"),
]
