import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.frontend.stage import SARI, Stage

from hadir.kernel import tap
from hadir.kernel.clock import now
from hadir.kernel.receipts import Reason

pytestmark = pytest.mark.browser


def open_and_press(phone: Page, stage: Stage, language: str = "id") -> None:
    phone.goto(f"{stage.url}/tap?{language}")
    button = phone.locator("[data-part=press]")
    expect(button).to_be_enabled()
    button.click()


def test_one_press_sends_a_signed_tap_and_then_the_selfie_that_it_announced(phone: Page, stage: Stage) -> None:
    open_and_press(phone, stage)
    expect(phone.locator("[data-part=selfie]")).to_have_text("Swafoto diterima")
    [(identity, kept)] = stage.gate.kept.items()
    assert kept.person == SARI
    assert kept.position == tap.Position(-62_002_800, 1_068_000_000, 8, kept.position.age if kept.position else None)
    assert abs(kept.at - now()) < timedelta(seconds=30)
    assert kept.selfie == hashlib.sha256(stage.gate.selfies[identity]).digest()
    assert stage.gate.selfies[identity].startswith(b"\xff\xd8")


def test_the_receipt_says_when_where_and_that_it_counts_and_the_verdict_follows(phone: Page, stage: Stage) -> None:
    open_and_press(phone, stage)
    receipt = phone.locator("[data-part=receipt]")
    expect(receipt).to_be_visible()
    expect(receipt.locator("[data-receipt=result]")).to_have_text("Tercatat dan dihitung")
    expect(receipt.locator("[data-receipt=time]")).to_have_text(re.compile(r"^\d\d\.\d\d$"))
    expect(receipt.locator("[data-receipt=place]")).to_have_text("31 m dari titik tengah Kantor Wali Kota")
    expect(receipt.locator("[data-receipt=code]")).to_have_text(re.compile(r"^[0-9A-F]{5} [0-9A-F]{5}$"))
    expect(receipt.locator("[data-receipt=qr] svg")).to_be_visible()
    expect(phone.locator("[data-part=verdict]")).to_have_text("Hadir tepat waktu.")


def test_a_tap_that_does_not_count_says_why_and_what_to_do_in_both_languages(phone: Page, stage: Stage) -> None:
    stage.gate.reason = Reason.OUTSIDE
    open_and_press(phone, stage)
    expect(phone.locator("[data-receipt=reason]")).to_have_text("Di luar area")
    way_out = phone.locator("[data-receipt=way_out]")
    expect(way_out).to_have_text("Masuklah ke area, lalu lakukan presensi lagi.")
    open_and_press(phone, stage, "en")
    expect(way_out).to_have_text("Move into the area and tap again.")


def test_the_note_travels_with_the_tap(phone: Page, stage: Stage) -> None:
    phone.goto(f"{stage.url}/tap")
    phone.locator("summary", has_text="Tambah catatan").click()
    phone.locator("[data-part=note]").fill("Apel pagi")
    phone.locator("[data-part=press]").click()
    expect(phone.locator("[data-part=receipt]")).to_be_visible()
    assert [kept.note for kept in stage.gate.kept.values()] == ["Apel pagi"]


def test_a_tap_that_the_server_could_not_keep_is_repeated_with_the_same_bytes(phone: Page, stage: Stage) -> None:
    stage.gate.failures = [503]
    open_and_press(phone, stage)
    expect(phone.locator("[data-part=problem]")).to_contain_text("Presensi disimpan di sini dan dikirim ulang sendiri.")
    expect(phone.locator("[data-part=receipt]")).to_be_visible()
    first, second = stage.gate.asked
    assert first == second
    assert len(stage.gate.kept) == 1


def test_a_tap_made_without_network_is_sent_by_itself_when_the_network_is_back(phone: Page, stage: Stage) -> None:
    phone.goto(f"{stage.url}/tap")
    expect(phone.locator("[data-part=press]")).to_be_enabled()
    phone.context.set_offline(True)
    expect(phone.locator("[data-offline]")).to_be_visible()
    phone.locator("[data-part=press]").click()
    expect(phone.locator("[data-part=waiting]")).to_contain_text("1 presensi menunggu di ponsel ini")
    phone.context.set_offline(False)
    expect(phone.locator("[data-part=selfie]")).to_have_text("Swafoto diterima")
    assert len(stage.gate.kept) == len(stage.gate.selfies) == 1


def test_a_tap_that_still_waits_survives_closing_the_page(phone: Page, stage: Stage) -> None:
    stage.gate.failures = [503]
    open_and_press(phone, stage)
    expect(phone.locator("[data-part=waiting]")).to_contain_text("1 presensi menunggu di ponsel ini")
    phone.on("dialog", lambda dialog: dialog.accept())
    with phone.expect_response("**/gate/selfie"):
        phone.reload()
    expect(phone.locator("[data-part=delivered]")).to_contain_text("sudah tercatat dan dihitung.")
    expect(phone.locator("[data-part=waiting]")).to_be_hidden()
    first, second = stage.gate.asked
    assert first == second


def test_far_away_the_page_says_how_far_before_anybody_presses(phone: Page, stage: Stage) -> None:
    phone.context.set_geolocation({"latitude": -6.21, "longitude": 106.8, "accuracy": 8})
    phone.goto(f"{stage.url}/tap")
    place = phone.locator("[data-part=place]")
    expect(place).to_contain_text("1,1 km dari titik tengah Kantor Wali Kota, ketelitian 8 m.")
    phone.context.set_geolocation({"latitude": -6.2, "longitude": 106.8, "accuracy": 8})
    expect(place).to_contain_text("Di dalam Kantor Wali Kota")


def test_a_denied_position_says_where_to_allow_it_and_still_lets_the_person_tap(phone: Page, stage: Stage) -> None:
    phone.context.clear_permissions()
    phone.context.grant_permissions(["camera"])
    open_and_press(phone, stage)
    expect(phone.locator("[data-part=receipt]")).to_be_visible()
    assert [kept.position for kept in stage.gate.kept.values()] == [None]


def test_a_phone_without_camera_sends_a_chosen_photo(phone: Page, stage: Stage, tmp_path: Path) -> None:
    photo = tmp_path / "sari.png"
    no_camera = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'))"
    phone.add_init_script(no_camera)
    phone.goto(f"{stage.url}/tap")
    expect(phone.locator("[data-part=help]")).to_have_text("Kamera tidak ditemukan. Pilih foto yang diambil sekarang.")
    photo.write_bytes(phone.screenshot())
    phone.locator("[data-part=file]").set_input_files(photo)
    expect(phone.locator("[data-part=help]")).to_have_text("Foto sudah dipilih.")
    phone.locator("[data-part=press]").click()
    expect(phone.locator("[data-part=selfie]")).to_have_text("Swafoto diterima")
    assert len(stage.gate.selfies) == 1
