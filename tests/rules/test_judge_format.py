import json
import re
from pathlib import Path

import pytest

from hadir.cli.judge import main
from hadir.rules.document import judge_document
from hadir.rules.problems import InvalidDocument

PAGE = Path(__file__).parents[2] / "docs/rules/judge-format.md"
BLOCKS = re.findall(r"```(\w+ \w+)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
BUDI = json.loads(BLOCKS[0][1])
SATURDAY = {"to": "2026-08-08", "roster": {"2026-08-08": "kantor"}}


def test_the_worked_examples_of_the_format_are_true() -> None:
    names = [name for name, _ in BLOCKS]
    assert names == ["json judge", "json answer", "json judge", "json months", "json judge", "text refused"]
    first, answer, second, months, wrong, refusal = (text for _, text in BLOCKS)
    assert judge_document(json.loads(first)) == json.loads(answer)
    assert judge_document(json.loads(second))["months"] == json.loads(months)
    with pytest.raises(InvalidDocument, match=re.escape(refusal.strip())):
        judge_document(json.loads(wrong))


def test_the_command_prints_the_verdicts_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "budi.json").write_text(BLOCKS[0][1], "utf-8")
    assert main([str(tmp_path / "budi.json")]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(BLOCKS[1][1])


def test_the_command_prints_days_that_are_still_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = BUDI | {"known_until": "2026-08-03T10:00:00+07:00", "taps": BUDI["taps"][:1]}
    (tmp_path / "budi.json").write_text(json.dumps(document), "utf-8")
    assert main([str(tmp_path / "budi.json")]) == 0
    day = json.loads(capsys.readouterr().out)["days"][0]
    assert day["final"] is False
    assert day["pending"]["sentence"]["id"] == "Rekaman berikutnya jatuh tempo 16.17, ditutup 23.59."


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "is no JSON"), ("[]", "a table is wanted"), ("{}", "known_until: is missing")],
)
def test_the_command_refuses_what_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    (tmp_path / "wrong.json").write_text(text, "utf-8")
    assert main([str(tmp_path / "wrong.json")]) == 2
    assert said in capsys.readouterr().err


def test_the_command_names_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"known_until": "2026-08-04T00:00:00"}, "known_until"),
        ({"policies": {"disiplin": "perwali_lain"}}, "policies.disiplin"),
        ({"taps": [{"person": "Joko", "at": "2026-08-03T07:47"}]}, "taps[0].person"),
        ({"taps": [{"person": "Budi", "at": "kemarin"}]}, "taps[0].at"),
        ({"taps": [{"person": "Budi", "at": "2026-08-03T07:47", "kind": "in"}]}, "taps[0].kind"),
        ({"calendar": {"2026-08-32": "national_holiday"}}, "calendar.2026-08-32"),
        ({"calendar": {"2026-08-17": "holiday"}}, "calendar.2026-08-17"),
        ({"people": [BUDI["people"][0] | {"to": "2026-08-01"}]}, "people[0].to"),
        ({"people": [BUDI["people"][0] | {"zone": "Jakarta"}]}, "people[0].zone"),
        ({"people": [BUDI["people"][0] | {"shift": "lain"}]}, "people[0].shift"),
        ({"people": [BUDI["people"][0] | SATURDAY]}, "people[0].roster.2026-08-08"),
        ({"people": BUDI["people"] * 2}, "people[1].id"),
        (
            {"covers": [{"person": "Budi", "kind": "upacara", "from": "2026-08-03", "to": "2026-08-03"}]},
            "covers[0].effect",
        ),
        ({"covers": [{"person": "Budi", "kind": "izin", "from": "2026-08-03", "to": "2026-08-01"}]}, "covers[0].to"),
        ({"outages": [{"from": "2026-08-03T09:00:00+07:00", "to": "2026-08-03T08:00:00+07:00"}]}, "outages[0].to"),
        ({"outage": []}, "outage"),
    ],
)
def test_a_document_is_refused_with_the_path_of_the_value(change: dict[str, object], path: str) -> None:
    with pytest.raises(InvalidDocument) as refused:
        judge_document(BUDI | change)
    assert refused.value.path == path


def test_taps_are_placed_in_the_answer() -> None:
    taps = [{"person": "Budi", "at": f"2026-08-03T{at}"} for at in ("03:00", "07:20", "07:20:40", "16:00")]
    placed = judge_document(BUDI | {"taps": taps})["taps"]
    assert [tap["checkpoint"] for tap in placed] == [None, "in", "in", "out"]
    assert [tap["repeat"] for tap in placed] == [False, False, True, False]
