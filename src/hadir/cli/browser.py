import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def provide_browser(progress: Callable[[str], object]) -> Path | None:
    """A Chromium: the one HADIR_CHROMIUM names, the machine's, or one from Debian's packages, if there is any."""
    found = find_browser()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        progress("Installing Chromium from the packages of this system ...")
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *command], check=False, env=env, capture_output=True, stdin=subprocess.DEVNULL)
        found = find_browser()
    return found


def find_browser() -> Path | None:
    """The Chromium that is here, if there is one."""
    named = os.environ.get("HADIR_CHROMIUM")
    for name in (named, *NAMES) if named else NAMES:
        path = shutil.which(str(name))
        if path:
            return Path(path)
    return None
