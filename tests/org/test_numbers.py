from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hadir.org.numbers import Fault, Kind, bare, check

births = st.dates(date(1950, 1, 1), date(2006, 12, 31))
sequences = st.integers(1, 999)


@st.composite
def nips(draw: st.DrawFn) -> str:
    birth = draw(births)
    month, sex = draw(st.integers(1, 12)), draw(st.sampled_from("12"))
    return f"{birth:%Y%m%d}{birth.year + 19}{month:02d}{sex}{draw(sequences):03d}"


@st.composite
def ni_pppks(draw: st.DrawFn) -> str:
    birth = draw(births)
    contracts, sex = draw(st.integers(0, 99)), draw(st.sampled_from("12"))
    return f"{birth:%Y%m%d}{birth.year + 18}{contracts:02d}{sex}{draw(sequences):03d}"


@given(nips())
def test_every_regular_nip_is_accepted(nip: str) -> None:
    assert check(nip, Kind.NIP).faults == ()


@given(ni_pppks())
def test_a_pppk_number_is_accepted_whatever_stands_where_a_nip_has_its_month(number: str) -> None:
    assert check(number, Kind.NI_PPPK).faults == ()


@given(
    nips(), st.lists(st.tuples(st.integers(0, 18), st.sampled_from([" ", ".", "-", "\N{NO-BREAK SPACE}"])), max_size=6)
)
def test_blanks_and_signs_of_printing_do_not_count(nip: str, put: list[tuple[int, str]]) -> None:
    printed = nip
    for place, sign in put:
        printed = printed[:place] + sign + printed[place:]
    assert check(printed, Kind.NIP) == check(nip, Kind.NIP)


@given(st.text())
def test_any_text_is_judged_and_never_a_fault_of_ours(text: str) -> None:
    checked = check(text, Kind.NIP)
    assert checked.value == bare(text)
    assert checked.faults or len(checked.value) == 18


@pytest.mark.parametrize(
    ("number", "faults"),
    [
        ("198603172010011004", []),
        ("19860317201001100", [Fault.LENGTH]),
        ("1986031720100110045", [Fault.LENGTH]),
        ("198603172O10011004", [Fault.NOT_DIGITS]),
        ("١٩٨٦٠٣١٧٢٠١٠٠١١٠٠٤", [Fault.NOT_DIGITS]),
        ("198602302010011004", [Fault.BIRTH]),
        ("198603170010011004", [Fault.YEAR]),
        ("198603172010131004", [Fault.MONTH]),
        ("198603172010001004", [Fault.MONTH]),
        ("198603172010013004", [Fault.SEX]),
        ("198603172010011000", [Fault.SEQUENCE]),
        ("198603172003011004", [Fault.UNDER_AGE]),
        ("198613172010133000", [Fault.BIRTH, Fault.MONTH, Fault.SEX, Fault.SEQUENCE]),
        ("", [Fault.NOT_DIGITS]),
    ],
)
def test_each_fault_of_a_nip_is_named(number: str, faults: list[Fault]) -> None:
    assert list(check(number, Kind.NIP).faults) == faults


def test_a_young_appointment_warns_and_is_accepted() -> None:
    assert check("198603172003011004", Kind.NIP).is_accepted
    assert not check("198603172010131004", Kind.NIP).is_accepted
