"""``python -m burden``: the command line."""

from burden.cli import app

app()
