import subprocess

from tests.frontend.conftest import FRONTEND

from hadir.cli.assets import Node


def test_the_scripts_own_tests_pass(node: Node) -> None:
    vitest = [node.program, "node_modules/vitest/vitest.mjs", "run"]
    run = subprocess.run(vitest, cwd=FRONTEND, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
