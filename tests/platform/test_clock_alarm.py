import logging
import socket
import struct
import threading
from datetime import timedelta

import pytest

from hadir.kernel.clock import now
from hadir.platform.tasks import sound_alarm, watch_clock

EPOCH_OF_NTP = 2_208_988_800


@pytest.mark.django_db
def test_a_clock_that_is_an_hour_ahead_of_the_time_server_raises_the_alarm(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HADIR_TIME_SERVER", f"127.0.0.1:{server.getsockname()[1]}")
        answering = threading.Thread(target=tell_time_of_an_hour_ago, args=(server,))
        answering.start()
        watch_clock(0)
        answering.join()
    (alarm,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "3600.0 s ahead of the clock of 127.0.0.1" in alarm.getMessage()


def test_a_second_is_tolerated(caplog: pytest.LogCaptureFixture) -> None:
    sound_alarm("the database's clock", timedelta(seconds=-1))
    assert caplog.records == []


def tell_time_of_an_hour_ago(server: socket.socket) -> None:
    _asked, address = server.recvfrom(1024)
    told = now() - timedelta(hours=1)
    seconds = told.timestamp() + EPOCH_OF_NTP
    server.sendto(40 * b"\0" + struct.pack("!II", int(seconds), int(seconds % 1 * 2**32)), address)
