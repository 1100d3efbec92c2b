import json
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from hadir.kernel.refusals import InvalidData, Refusal
from hadir.platform import refusals
from hadir.platform.middleware import Refusals, SecurityHeaders


class BudiMayNot(Refusal):
    code = "budi_may_not"
    status = 403
    sentence = "Nobody decides about themselves. Somebody else with the same right must do this."


def asked(accept: str, **headers: str) -> HttpRequest:
    return RequestFactory().get("/x", headers={"accept": accept, **headers})


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a refusal's page is given; the page itself is looked at in the browser's tests."""
    given: dict[str, Any] = {}

    def render(_request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        given.update(context, template=template)
        return HttpResponse(status=status)

    monkeypatch.setattr(refusals, "render", render)
    return given


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("id", "Tidak seorang pun memutuskan untuk dirinya sendiri."),
        ("en", "Nobody decides about themselves."),
    ],
)
def test_a_program_gets_code_sentence_and_way_out_in_its_language(language: str, sentence: str) -> None:
    with translation.override(language):
        answer = refusals.render_refusal(asked("application/json"), BudiMayNot())
    said = json.loads(answer.content)
    assert answer.status_code == 403
    assert said["code"] == "budi_may_not"
    assert said["sentence"].startswith(sentence)
    assert said["way_out"]


def test_data_fills_the_translated_sentence() -> None:
    with translation.override("id"):
        said = refusals.refusal_data(InvalidData("tap.kind", 9, "0 to 2"))
    assert said["sentence"] == "tap.kind: 9 tidak diterima (0 to 2)."
    assert said["data"] == {"place": "tap.kind", "value": 9, "reason": "0 to 2"}


def test_a_browser_gets_a_page(rendered: dict[str, Any]) -> None:
    answer = refusals.render_refusal(asked("text/html,application/xhtml+xml,*/*;q=0.8"), BudiMayNot())
    assert answer.status_code == 403
    assert rendered["template"] == "platform/refusal.html"


def test_the_way_back_is_never_another_site(rendered: dict[str, Any]) -> None:
    refusals.render_refusal(asked("text/html", referer="http://testserver/form"), BudiMayNot())
    assert rendered["back_url"] == "http://testserver/form"
    refusals.render_refusal(asked("text/html", referer="https://elsewhere.example/"), BudiMayNot())
    assert rendered["back_url"] == ""


def test_a_fault_is_left_to_the_frame_that_reports_it() -> None:
    middleware = Refusals(lambda _: HttpResponse())
    assert middleware.process_exception(asked("text/html"), ValueError("a fault")) is None


def test_every_answer_is_fenced_in_and_a_view_may_fence_tighter() -> None:
    answer = SecurityHeaders(lambda _: HttpResponse())(asked("text/html"))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["Permissions-Policy"].startswith("camera=(self), geolocation=(self)")
    own = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})
    assert SecurityHeaders(lambda _: own)(asked("text/html"))["Content-Security-Policy"] == "default-src 'none'"
