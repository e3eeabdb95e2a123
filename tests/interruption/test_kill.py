"""Whoever is killed while writing leaves the old state or the new one, never a half."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

TIMES = 50 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 2
"""Kills of each of five writers, in one step and in two: 500 in the long run."""

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="writers are forked and killed as POSIX systems do"),
    pytest.mark.xdist_group("interruption"),
]


def test_a_killed_writer_leaves_a_whole_state(root: Path) -> None:
    command = [sys.executable, "-m", "tests.interruption.killing", str(TIMES), "1"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert Counter(line.partition(": ")[2] for line in done.stdout.splitlines()) == {
        "whole": 10 * TIMES,
        "clean": 10 * TIMES,
    }, done.stdout
