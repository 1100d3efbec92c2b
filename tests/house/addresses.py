"""Which status each role gets at each address: the literal table behind `test_urls`."""

from dataclasses import dataclass, field

COLUMNS = (
    *("guest", "pegawai", "atasan", "neighbour", "operator", "unit_admin"),
    *("head", "bkd", "helpdesk", "auditor", "platform"),
)
OPEN = " ".join(["200"] * len(COLUMNS))
EVERYBODY = "302 200 200 200 200 200 200 200 200 200 403"
HOME = "302 200 200 200 200 200 200 200 200 200 302"
BOARD = "302 403 403 403 200 200 200 200 403 200 403"
RECAP = "302 403 403 403 302 302 302 302 403 302 403"
ADMINS = "302 403 403 403 403 200 403 200 403 403 403"
HELPERS = "302 403 403 403 403 403 403 403 200 403 403"
HELPED = "302 403 403 404 403 403 403 403 200 403 403"
OF_PHONE = "302 403 404 404 404 404 404 404 302 404 403"
OWN_PHONE = "302 302 404 404 404 404 404 404 302 404 403"
OF_UNIT = "302 404 404 404 404 200 404 200 404 404 403"
OF_GROUP = "302 404 404 404 200 200 404 200 404 404 403"
NOWHERE = "302 404 404 404 404 404 404 404 404 404 403"
GONE = OPEN.replace("200", "410")
TERMINAL = "302 404 404 404 404 404 404 200 404 404 403"
PAPERS = "302 403 403 403 200 200 403 200 403 403 403"
PAPER = "302 404 404 404 200 200 404 200 404 404 403"
AGENCY = "302 403 403 403 403 403 403 200 403 403 403"
KEEPER = "302 403 403 403 403 403 403 403 403 403 200"
OF_HEALTH = "302 404 404 404 200 200 200 200 404 200 403"
OF_BUDI = "302 200 200 404 200 200 200 200 403 200 403"


@dataclass(frozen=True)
class Address:
    """A path, with {places} filled from the town, and the status that each of `COLUMNS` gets.

    `of_others` is what people of the other government get where their role does not keep them out (403) anyway; None
    where the address names nothing of a government.
    """

    path: str
    statuses: str
    of_others: int | None = None
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)


ADDRESSES: dict[str, Address] = {
    "portal:home": Address("/", HOME),
    "portal:tap": Address("/tap/", EVERYBODY),
    "portal:today": Address("/phone/today", EVERYBODY),
    "portal:history": Address("/history/", EVERYBODY),
    "portal:month": Address("/history/{budi}/{month}/", OF_BUDI, 404),
    "portal:day": Address("/history/{budi}/{day}/", OF_BUDI, 404),
    "portal:photo": Address("/history/{budi}/photos/{at}/{digest}", OF_BUDI.replace("200", "404"), 404),
    "portal:board": Address("/board/", BOARD),
    "portal:unit": Address("/board/{health}/", OF_HEALTH, 404),
    "recaps:recap": Address("/recap/", RECAP),
    "recaps:month": Address("/recap/{health}/{month}/", OF_HEALTH, 404),
    "recaps:sheet": Address("/recap/{health}/{month}/sheet.xlsx", OF_HEALTH, 404),
    "accounts:sign_in": Address("/sign-in", "200 " + " ".join(["302"] * 10)),
    "accounts:sign_out": Address("/sign-out", OPEN.replace("200", "302"), None, "post"),
    "accounts:governments": Address("/governments", "302 200 200 200 200 200 200 200 200 200 200"),
    "accounts:forgotten": Address("/forgotten", OPEN),
    "accounts:type_code": Address("/activate", OPEN),
    "accounts:first_password": Address("/activate/password", GONE),
    "accounts:join": Address("/activate/join", GONE.replace("410", "302", 1), None, "post"),
    "accounts:enter_code": Address("/activate/with/ABCD", GONE),
    "accounts:account": Address("/account", "302 200 200 200 200 200 200 200 200 200 200"),
    "accounts:language": Address("/account/language", OPEN.replace("200", "302"), None, "post"),
    "accounts:platform": Address("/platform", KEEPER),
    "accounts:never_activated": Address("/accounts/waiting", ADMINS),
    "accounts:slips": Address("/accounts/slips", OF_UNIT, 404, "post", {"unit": "{health}"}),
    "accounts:invitations": Address(
        "/accounts/invitations", OF_UNIT.replace("200", "302"), 404, "post", {"unit": "{health}"}
    ),
    "accounts:helpdesk": Address("/help-desk", HELPERS),
    "accounts:helped_person": Address("/help-desk/{budi}", HELPED, 404),
    "accounts:reset": Address(
        "/help-desk/{budi}/reset", HELPED.replace("200", "302"), 404, "post", {"channel": "slip"}
    ),
    "accounts:block_phone": Address("/phones/{phone}/block", OWN_PHONE, 404, "post"),
    "accounts:unblock_phone": Address("/phones/{phone}/unblock", OF_PHONE, 404, "post"),
    "accounts:phone_pass": Address("/phone/pass", EVERYBODY.replace("200", "422"), None, "post"),
    "requests:covers": Address("/absences/", PAPERS),
    "requests:enter": Address("/absences/enter/{budi}/", "302 403 403 404 200 200 403 200 403 403 403", 404),
    "requests:withdraw": Address("/absences/{cover}/withdraw/", PAPER, 404),
    "requests:decide": Address("/absences/{cover}/decide/", PAPER.replace("200", "409"), 404, "post"),
    "schedules:calendar": Address("/calendar/", EVERYBODY),
    "schedules:year": Address("/calendar/2026/", EVERYBODY),
    "schedules:add": Address("/calendar/days/add/", AGENCY),
    "schedules:change": Address("/calendar/days/{rest}/", AGENCY, 404),
    "schedules:remove": Address("/calendar/days/{rest}/remove/", AGENCY, 404),
    "policies:mine": Address("/policy/", EVERYBODY.replace("200", "302")),
    "policies:person": Address("/policy/{budi}/", OF_BUDI, 404),
    "clocking:outages": Address("/outages/", AGENCY),
    "clocking:declare": Address("/outages/declare/", AGENCY),
    "clocking:withdraw": Address("/outages/{outage}/withdraw/", TERMINAL, 404),
    "journal:journal": Address("/journal/", AGENCY[:-7] + "200 403"),
    "terminals:fleet": Address("/terminals/", ADMINS),
    "terminals:approve": Address("/terminals/approve/", ADMINS.replace("200", "302")),
    "terminals:pins": Address("/terminals/pins/", ADMINS),
    "terminals:terminal": Address("/terminals/{terminal}/", TERMINAL, 404),
    "terminals:change": Address("/terminals/{terminal}/change/", TERMINAL, 404),
    "terminals:block": Address("/terminals/{terminal}/block/", TERMINAL.replace("200", "302"), 404, "post"),
    "terminals:unblock": Address("/terminals/{terminal}/unblock/", TERMINAL.replace("200", "302"), 404, "post"),
    "terminals:pin": Address("/terminals/{terminal}/pins/7/", TERMINAL, 404),
    "terminals:end": Address("/terminals/{terminal}/mappings/1/end/", TERMINAL.replace("200", "404"), 404, "post"),
    "org:people": Address("/people/", ADMINS),
    "org:people_file": Address("/people/file", ADMINS),
    "org:template": Address("/people/template", ADMINS),
    "org:upload": Address("/people/upload", ADMINS),
    "org:preview": Address("/people/upload/{nothing}", NOWHERE, 404),
    "org:drop": Address("/people/upload/{nothing}/drop", NOWHERE, 404, "post"),
    "org:person": Address("/people/{budi}", "302 403 403 404 403 200 403 200 403 403 403", 404),
    "org:photo": Address("/people/{budi}/photo", "302 404 403 404 403 404 403 404 403 403 403", 404),
    "org:place": Address("/people/{budi}/place", "302 403 403 404 403 200 403 200 403 403 403", 404),
    "org:units": Address("/units/", ADMINS),
    "org:rename_unit": Address("/units/{health}/rename", TERMINAL, 404),
    "org:close_unit": Address("/units/{health}/close", TERMINAL.replace("200", "409"), 404, "post"),
    "org:sites": Address("/sites/", ADMINS),
    "org:new_site": Address("/sites/new", ADMINS),
    "org:site": Address("/sites/{site}", "302 403 403 403 403 404 403 200 403 403 403", 404),
    "org:close_site": Address("/sites/{site}/close", TERMINAL.replace("200", "302"), 404, "post"),
    "org:groups": Address("/groups/", PAPERS),
    "org:group": Address("/groups/{group}", OF_GROUP, 404),
    "org:leave_group": Address(
        "/groups/{group}/leave", OF_GROUP.replace("200", "302"), 404, "post", {"person": "{budi}"}
    ),
    "org:roles": Address("/roles/", AGENCY),
    "org:end_appointment": Address("/roles/{appointment}/end", TERMINAL.replace("200", "302"), 404, "post"),
    "notices:notices": Address("/notices/", EVERYBODY),
    "notices:read": Address("/notices/read", EVERYBODY.replace("200", "302"), None, "post"),
    "set_language": Address("/language", OPEN.replace("200", "302"), None, "post"),
}
