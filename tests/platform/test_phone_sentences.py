import re
from pathlib import Path

from hadir.gate import refusals as gate_refusals
from hadir.gate.judgement import WAY_OUT
from hadir.kernel.receipts import Reason
from hadir.kernel.refusals import Refusal
from hadir.platform.phone_sentences import PHONE_SENTENCES

SCRIPTS = Path(__file__).resolve().parents[2] / "frontend" / "src"
# The script never sends what these refuse, or tells them in its own words.
NOT_SAID = {"unknown_address", "wrong_method", "receipt_refused", "selfie_mismatch", "not_an_image"}


def test_every_key_that_a_script_says_has_its_sentence_and_no_sentence_is_left_over() -> None:
    code = "\n".join(file.read_text() for file in SCRIPTS.rglob("*.ts"))
    quoted = set(re.findall(r'"([a-z]+(?:[._][a-z_]+)*)"', code))
    prefixes = set(re.findall(r'"([a-z_]+\.)" \+', code))
    unsaid = {key for key in PHONE_SENTENCES if key not in quoted and key[: key.index(".") + 1] not in prefixes}
    assert unsaid == set()
    said = set(re.findall(r'say\(\s*"([a-z_.]+)"[,)]', code))
    assert said <= set(PHONE_SENTENCES)


def test_every_reason_of_the_gate_has_a_sentence_and_a_way_out() -> None:
    for reason in set(Reason) - {Reason.NONE}:
        assert f"reason.{reason.name.lower()}" in PHONE_SENTENCES
        assert f"way_out.{WAY_OUT[reason]}" in PHONE_SENTENCES


def test_every_refusal_of_a_tap_has_a_sentence_that_says_what_happens_to_it() -> None:
    codes = {kind.code for kind in vars(gate_refusals).values() if isinstance(kind, type) and issubclass(kind, Refusal)}
    for code in codes - NOT_SAID - {"refused"} | {"pass_refused", "invalid_data"}:
        assert f"refused.{code}" in PHONE_SENTENCES
