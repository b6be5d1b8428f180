"""What is typed on a command line, where Typer would take it otherwise than it was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer.core import TyperArgument, TyperOption

from maturity.cli.errors import WrongOption
from maturity.models.problem import Phrase

if TYPE_CHECKING:
    from typer._click import Context
    from typer._click.exceptions import ClickException

FILES = ("FILE", "FOLDER", "PATH")
EMPTY = Phrase("It is empty; perhaps a variable of your script is not set.")


def refuse_empty(parameter: TyperArgument | TyperOption) -> None:
    """Makes it refuse an empty text where it takes an argument or a file: Python takes an empty path for this folder.

    The parameter still has its English metavar.
    """
    optional = isinstance(parameter, TyperOption)
    if optional and not any(one in (parameter.metavar or "") for one in FILES):
        return
    take = parameter.process_value

    def process_value(context: Context, value: Any) -> Any:
        if "" in (value if isinstance(value, list | tuple) else (value,)):
            raise WrongOption(EMPTY, max(parameter.opts, key=len) if optional else parameter.display_name_raw)
        return take(context, value)

    vars(parameter).update(process_value=process_value)


def message_of(error: ClickException) -> str:
    """What Typer says, with the options that were perhaps meant in the order of their likeness; Typer has them by name."""
    near: list[str] | None = getattr(error, "possibilities", None)
    if not near or not hasattr(error, "option_name"):
        return error.format_message()
    return f"{error.message} (Possible options: {', '.join(near)})"
