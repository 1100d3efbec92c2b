from django.urls import path

from hadir.accounts.views import account, codes, helpdesk, phone, signing, slips

app_name = "accounts"
urlpatterns = [
    path("sign-in", signing.sign_in, name="sign_in"),
    path("sign-out", signing.sign_out, name="sign_out"),
    path("governments", signing.governments, name="governments"),
    path("forgotten", signing.forgotten, name="forgotten"),
    path("activate", codes.type_code, name="type_code"),
    path("activate/password", codes.first_password, name="first_password"),
    path("activate/join", codes.join, name="join"),
    path("activate/with/<str:code>", codes.enter_code, name="enter_code"),
    path("account", account.account, name="account"),
    path("account/language", account.language, name="language"),
    path("platform", account.platform, name="platform"),
    path("accounts/waiting", slips.never_activated, name="never_activated"),
    path("accounts/slips", slips.slips, name="slips"),
    path("accounts/invitations", slips.invitations, name="invitations"),
    path("help-desk", helpdesk.helpdesk, name="helpdesk"),
    path("help-desk/<int:person_id>", helpdesk.helped_person, name="helped_person"),
    path("help-desk/<int:person_id>/reset", helpdesk.reset, name="reset"),
    path("phones/<int:phone_id>/block", helpdesk.block, name="block_phone"),
    path("phones/<int:phone_id>/unblock", helpdesk.unblock, name="unblock_phone"),
    path("phone/pass", phone.phone_pass, name="phone_pass"),
]
