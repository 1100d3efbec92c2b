"""Every sentence that the script of a page may say, by the key the script uses.

They stand here and not beside the script so that one catalogue holds every language and one check finds a missing
translation. `%(name)s` is filled by the script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Codes of the gate (docs/tap-format.md) appear as `reason.*`, `way_out.*` and `refused.*`.
PHONE_SENTENCES: dict[str, _StrPromise] = {
    # Getting ready
    "starting": gettext_lazy("Getting ready …"),
    "press": gettext_lazy("Tap now"),
    "sending": gettext_lazy("Sending …"),
    "pass.failed": gettext_lazy("Sign in again: this phone's permission to tap could not be renewed."),
    "pass.offline": gettext_lazy(
        "No network: taps wait in this phone. Open this page once with a network to get permission to tap."
    ),
    "pass.account": gettext_lazy("Open Account"),
    "key.lost": gettext_lazy("This browser keeps nothing (private window?). Open Hadir in an ordinary window."),
    "insecure": gettext_lazy(
        "Open Hadir with an address that begins with https://. Only then does the phone give camera and position."
    ),
    # Camera
    "camera.starting": gettext_lazy("Camera is starting …"),
    "camera.dark": gettext_lazy("Too dark. Turn towards the light."),
    "camera.bright": gettext_lazy("Too bright. Turn away from the light behind you."),
    "camera.fit": gettext_lazy("Put your face in the oval."),
    "camera.denied": gettext_lazy(
        "The camera is not allowed. Allow it in the settings below, or choose a photo instead."
    ),
    "camera.none": gettext_lazy("No camera was found. Choose a photo taken now instead."),
    "camera.busy": gettext_lazy("Another app uses the camera. Close it and try again, or choose a photo."),
    "camera.file": gettext_lazy("Photo chosen."),
    "camera.file_bad": gettext_lazy("This file is not a photo that the phone can read. Choose another one."),
    "camera.needed": gettext_lazy("A selfie is needed: wait for the camera or choose a photo."),
    # Position
    "place.starting": gettext_lazy("Looking for your position …"),
    "place.inside": gettext_lazy("Inside %(site)s: %(distance)s from its middle, accurate to %(accuracy)s"),
    "place.outside": gettext_lazy(
        "%(distance)s from the middle of %(site)s, accurate to %(accuracy)s. Move %(beyond)s closer."
    ),
    "place.anywhere": gettext_lazy("Position found, accurate to %(accuracy)s"),
    "place.coarse": gettext_lazy(
        "Position accurate to %(accuracy)s only. Go near a window or outside and wait a little."
    ),
    "place.denied": gettext_lazy("The position is not allowed. Allow it in the settings below."),
    "place.unavailable": gettext_lazy("The phone finds no position. Switch on location (GPS) and go near a window."),
    "place.timeout": gettext_lazy("Still looking for your position. Switch on location (GPS) and go near a window."),
    "place.none": gettext_lazy("This browser gives no position. Use Chrome, Firefox or Safari."),
    # How to allow, by browser
    "allow.chrome_android": gettext_lazy(
        "Chrome: press the lock beside the address, then Permissions, and allow Camera and Location. "
        "Location must be on in the phone, too."
    ),
    "allow.samsung": gettext_lazy(
        "Samsung Internet: Menu, Settings, Sites and downloads, Site permissions; allow Camera and Location."
    ),
    "allow.firefox": gettext_lazy("Firefox: press the lock beside the address, then allow Camera and Location."),
    "allow.safari_ios": gettext_lazy(
        "iPhone: press AA beside the address, then Website Settings; allow Camera and Location. "
        "In Settings, Privacy, Location Services, Safari must say While Using."
    ),
    "allow.other": gettext_lazy(
        "Press the sign beside the address, open the site's permissions, and allow Camera and Location."
    ),
    # The clock
    "clock.wrong": gettext_lazy(
        "This phone's clock is %(minutes)s minutes off. Taps use the server's time; set the phone to automatic time."
    ),
    # The receipt
    "receipt.counts": gettext_lazy("Recorded, and it counts"),
    "receipt.off_duty": gettext_lazy("Recorded"),
    "receipt.stored": gettext_lazy("Recorded, but it does not count yet"),
    "receipt.noted": gettext_lazy("A little outside the area; it counts because the position was not more accurate."),
    "receipt.place": gettext_lazy("%(distance)s from the middle of %(site)s"),
    "receipt.no_place": gettext_lazy("Without a place"),
    "receipt.qr": gettext_lazy("Receipt as a QR code"),
    "receipt.share": gettext_lazy("Hadir: tap at %(time)s on %(date)s, receipt code %(code)s"),
    "receipt.shared": gettext_lazy("Copied."),
    "verdict.waiting": gettext_lazy("Asking what today is judged …"),
    "verdict.failed": gettext_lazy(
        "Today's verdict could not be fetched. Your tap is kept; look at the first page later."
    ),
    "selfie.sending": gettext_lazy("Sending the selfie …"),
    "selfie.sent": gettext_lazy("Selfie received"),
    "selfie.waiting": gettext_lazy("The selfie is sent as soon as there is a network. Keep this page open."),
    "selfie.failed": gettext_lazy("The selfie was not accepted. Your tap is kept; it may be reviewed."),
    # Taps that wait
    "waiting.one": gettext_lazy("1 tap waits in this phone and is sent by itself. Keep this page open."),
    "waiting.many": gettext_lazy("%(count)s taps wait in this phone and are sent by themselves. Keep this page open."),
    "waiting.elsewhere": gettext_lazy(
        "%(count)s taps of another person wait in this phone. They must sign in here to send them."
    ),
    "waiting.refused": gettext_lazy(
        "%(count)s taps could not be accepted and stay in this phone. Show this to the help desk."
    ),
    "delivered.counts": gettext_lazy("The tap of %(time)s has been recorded, and it counts."),
    "delivered.stored": gettext_lazy("The tap of %(time)s has been recorded, but it does not count yet: %(reason)s."),
    "broken": gettext_lazy("Something failed in this phone. The tap is kept here: load the page again."),
    "leave": gettext_lazy("A tap still waits in this phone."),
    # Why a stored tap does not count
    "reason.outside": gettext_lazy("Outside the area"),
    "reason.pass_expired": gettext_lazy("The phone's permission had expired when the tap arrived"),
    "reason.doubtful_time": gettext_lazy("The time of the tap cannot be trusted"),
    "reason.practice": gettext_lazy("A practice tap"),
    "reason.khusus_undecided": gettext_lazy("A special presence waits for its decision"),
    "reason.revoked": gettext_lazy("This phone or account has been blocked"),
    "reason.parked": gettext_lazy("The tap lies outside the months that are open"),
    # The way out of each
    "way_out.tap_inside_or_khusus": gettext_lazy("Move into the area and tap again."),
    "way_out.renew_pass_and_ask_correction": gettext_lazy(
        "The permission is being renewed. Tap again now, and ask for a correction of this time."
    ),
    "way_out.set_clock_and_tap_again": gettext_lazy("Set the phone to automatic date and time, then tap again."),
    "way_out.none_needed": gettext_lazy("Nothing to do: practice never counts."),
    "way_out.await_decision": gettext_lazy("Nothing to do now: you will be told what was decided."),
    "way_out.ask_help_desk": gettext_lazy("Ask the help desk to open it again."),
    "way_out.await_review": gettext_lazy("Nothing to do now: it is reviewed. Check the phone's date."),
    # What the gate refuses (nothing was stored there; the phone keeps the tap)
    "refused.pass_refused": gettext_lazy("Sign in again, then the kept tap is sent."),
    "refused.signature_refused": gettext_lazy(
        "This phone's key does not fit. Load the page again; if it stays, ask the help desk."
    ),
    "refused.other_person": gettext_lazy("This tap belongs to another person. They must sign in here to send it."),
    "refused.too_large": gettext_lazy("What was sent is too large. Tap again with a shorter note."),
    "refused.invalid_data": gettext_lazy("The tap could not be read. Load the page again and tap once more."),
    "refused.too_many": gettext_lazy("The server is busy. The tap is kept and sent again by itself."),
    "refused.not_stored": gettext_lazy("The server could not keep it. The tap is kept here and sent again by itself."),
    "refused.offline": gettext_lazy("No network. The tap is kept here and sent again by itself."),
    "refused.other": gettext_lazy(
        "The server answered strangely (%(status)s). The tap is kept here and sent again by itself."
    ),
}
