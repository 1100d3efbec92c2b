import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from hadir.accounts.wording import password_hints, password_refusals


def test_what_a_password_needs_is_told_in_our_own_words() -> None:
    assert password_hints().startswith("Tidak mirip dengan nama atau surel Anda. Sedikitnya 10 karakter.")


def test_every_reason_to_refuse_a_password_is_told_in_our_own_words() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password("123456")
    assert [sentence.partition(":")[0].partition(" dipakai")[0] for sentence in password_refusals(refused.value)] == [
        "Kata sandi ini terlalu pendek",
        "Kata sandi ini",
        "Kata sandi ini hanya berisi angka. Tambahkan huruf atau tanda lain.",
    ]
