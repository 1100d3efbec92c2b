import re
import subprocess
from pathlib import Path

import pytest

from hadir.cli.homes import ROOT
from hadir.config.bounds import UPLOADS

DEPLOY = ROOT / "deploy"
MEGABYTE = 1024 * 1024


def test_the_example_of_the_environment_can_be_read_by_a_shell() -> None:
    said = subprocess.run(
        ["sh", "-euc", f'set -a; . {DEPLOY}/hadir.env.example; printf %s "$HADIR_MAIL_FROM"'],
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout == "Hadir <hadir@contoh.go.id>"


def test_the_example_of_the_environment_holds_no_password() -> None:
    for line in (DEPLOY / "hadir.env.example").read_text().splitlines():
        assert line.startswith("#") or not re.search(r"://[^/]*@|SECRET=|SMTP_URL=", line)


@pytest.mark.parametrize(("name", "said"), [("nginx.conf", "client_max_body_size 71m;"), ("Caddyfile", "71MiB")])
def test_a_proxy_lets_through_the_largest_upload_that_hadir_takes(name: str, said: str) -> None:
    assert said in Path(DEPLOY / f"{name}.example").read_text()
    assert max(UPLOADS.values()) == 71 * MEGABYTE
