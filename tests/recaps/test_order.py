import pytest

from hadir.recaps.order import seniority


@pytest.mark.parametrize(
    ("staff_class", "ranks"),
    [
        ("pns", ["Pembina (IV/a)", "Penata Tk. I (III/d)", "III/c", "Penata Muda, iii / a", "Pengatur II/d", ""]),
        ("pppk", ["Golongan XI", "IX", "VII", "Golongan V", "-"]),
    ],
)
def test_higher_ranks_come_first_however_they_are_written(staff_class: str, ranks: list[str]) -> None:
    assert sorted(set(ranks), key=lambda rank: seniority(staff_class, rank)) == ranks


def test_civil_servants_come_before_those_with_contracts_and_these_before_honorary_staff() -> None:
    assert seniority("cpns", "III/a") < seniority("pppk", "Golongan IX") < seniority("honorer", "")
