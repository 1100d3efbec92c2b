import pytest
from django.test import Client

PAGE = "/sign-in"


def test_a_page_is_indonesian_whatever_the_browser_was_sold_with(db: None) -> None:
    answer = Client(headers={"accept-language": "en-US,en"}).get(PAGE)
    assert answer.headers["Content-Language"] == "id"
    assert "Kata sandi" in answer.content.decode()


def test_a_page_is_english_once_somebody_chose_it(db: None) -> None:
    client = Client()
    client.post("/language", {"language": "en", "next": PAGE})
    answer = client.get(PAGE)
    assert answer.headers["Content-Language"] == "en"
    assert "Password" in answer.content.decode()


@pytest.mark.parametrize("chosen", ["xx", "../id", ""])
def test_a_language_that_does_not_exist_is_not_spoken(db: None, chosen: str) -> None:
    client = Client()
    client.cookies["hadir_language"] = chosen
    assert client.get(PAGE).headers["Content-Language"] == "id"
