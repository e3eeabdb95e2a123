"""Time and peak memory of one alternative, in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any


def fresh(module: str, alternative: str, *arguments: object) -> dict[str, Any]:
    """Run ``python -m module alternative arguments`` and read what it prints last."""
    command = [sys.executable, "-m", module, alternative, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def timed(function: Callable[[], Any], *, repeat: int = 1) -> tuple[float, Any]:
    """Best wall time of a few runs, and the last result."""
    best, result = float("inf"), None
    for _ in range(repeat):
        start = time.perf_counter()
        result = function()
        best = min(best, time.perf_counter() - start)
    return best, result


def peak_mb() -> float:
    """Most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(**values: Any) -> None:
    """Print one line for :func:`fresh` to read."""
    print(json.dumps(values))
