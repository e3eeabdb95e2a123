"""The application that the verbs join."""

import typer

app = typer.Typer(
    help="Audit the burden of required tools: what is owed, what it takes, what is asked twice.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
