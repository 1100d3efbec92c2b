import subprocess

from tests.frontend.conftest import FRONTEND


def test_the_scripts_own_tests_pass() -> None:
    vitest = FRONTEND / "node_modules" / ".bin" / "vitest"
    run = subprocess.run([vitest, "run"], cwd=FRONTEND, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
