import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from hadir.cli.trouble import TroubleError


def require_free(host: str, port: int) -> None:
    """Check that nothing listens there.

    Raises:
        TroubleError: The port is busy or not allowed.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise TroubleError(f"Port {port} needs more rights than this user has; choose one above 1023.") from error
        except OSError as error:
            raise TroubleError(f"Port {port} of {host} is busy; choose another with --port.") from error


def await_answer(url: str, still_alive: Callable[[], None], seconds: float = 60) -> None:
    """Wait until an HTTP server answers at the address, while `still_alive` raises nothing.

    Raises:
        TroubleError: It does not answer in time, or only with faults of its own.
    """
    deadline = time.monotonic() + seconds
    said = "nothing"
    # The certificate names the office's address, and this asks the loopback; only liveness is asked.
    unchecked = ssl._create_unverified_context()  # noqa: S323
    while time.monotonic() < deadline:
        still_alive()
        try:
            with urllib.request.urlopen(url, timeout=5, context=unchecked):  # noqa: S310 - the address is ours
                return
        except urllib.error.HTTPError as error:
            said = f"{error.code} {error.reason}"
            if error.code < 500:  # noqa: PLR2004 - it answers, and refuses the question
                return
        except OSError as error:
            said = str(error)
        time.sleep(0.1)
    raise TroubleError(f"{url} does not answer within {seconds:.0f} seconds (last: {said}).")
