"""The command line's own words: help texts, panels, usage lines, and what Typer says of a command that is typed wrong.

Typer has no setting for another language, nor for how arguments are shown, so its command is changed before it runs.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from maturity.cli.errors import ExitCode, WrongOption, forget, say
from maturity.cli.examples import example
from maturity.cli.typed import message_of, refuse_empty
from maturity.locale.words import N_, Words

if TYPE_CHECKING:
    from typer._click import Command, Context, Parameter
    from typer._click.exceptions import ClickException
    from typer._click.formatting import HelpFormatter

    from maturity.models.text import Language

LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a system says its language, the first that is set."""
CONSTANTS = {
    "ARGUMENTS_PANEL_TITLE": N_("Arguments"),
    "OPTIONS_PANEL_TITLE": N_("Options"),
    "COMMANDS_PANEL_TITLE": N_("Commands"),
    "ERRORS_PANEL_TITLE": N_("Error"),
    "ABORTED_TEXT": N_("Aborted."),
    "DEFAULT_STRING": N_("[default: {}]"),
    "ENVVAR_STRING": N_("[env var: {}]"),
    "REQUIRED_LONG_STRING": N_("[required]"),
}
OPTIONS_OF_ALL = {
    "help": N_("Show this message and exit."),
    "install_completion": N_("Install completion for the current shell."),
    "show_completion": N_("Show completion for the current shell, to copy it or customize the installation."),
}
# What Typer says of what is typed wrong, and where in it stands what was typed.
SAID = (
    (
        r"No such option: (?P<option>.*?)( \(Possible options: (?P<known>.*)\))?",
        N_("No such option: {option}"),
    ),
    (r"No such command '(?P<name>.*?)'\.( Did you mean (?P<known>.*)\?)?", N_("No such command '{name}'.")),
    (r"Missing command\.", N_("Missing command.")),
    (r"Missing argument '(?P<name>.*?)'\..*", N_("Missing argument '{name}'.")),
    (r"Missing option '(?P<name>.*?)'\..*", N_("Missing option '{name}'.")),
    (
        r"Got unexpected extra argument(\(s\)|s)? \((?P<found>.*)\)",
        N_("Got unexpected extra arguments: {found}"),
    ),
    (r"Option '(?P<option>.*?)' does not take a value\.", N_("Option '{option}' does not take a value.")),
    (r"Option '(?P<option>.*?)' requires an argument\.", N_("Option '{option}' requires a value.")),
    (
        # Typer names the variable even where the option was typed.
        r"Invalid value for (?P<hint>.*?)( \(env var: '\w+'\))?: (?P<reason>.*)",
        N_("Invalid value for {hint}: {reason}"),
    ),
    (r"Invalid value: (?P<reason>.*)", N_("Invalid value: {reason}")),
)
REASONS = (
    (
        r"(Value error, )?'(?P<found>.*)' is not one of (?P<known>.*)\.",
        N_("'{found}' is not one of {known}."),
    ),
    (r"(?P<what>File|Directory|Path) '(?P<found>.*)' does not exist\.", N_("'{found}' does not exist.")),
    (r"(?P<what>File|Directory|Path) '(?P<found>.*)' is a file\.", N_("'{found}' is a file.")),
    (r"(?P<what>File|Directory|Path) '(?P<found>.*)' is a directory\.", N_("'{found}' is a directory.")),
    (r"'(?P<found>.*)' is not a valid (integer|int)( range)?\.", N_("'{found}' is not a whole number.")),
    (r"'(?P<found>.*)' is not a valid float( range)?\.", N_("'{found}' is not a number.")),
    (r"Input should be a valid integer,.*", N_("A whole number is needed.")),
    (r"Input should be a valid boolean,.*", N_("Write 1 for yes or 0 for no.")),
    (r"Input should be greater than or equal to (?P<least>\S+)", N_("It must be at least {least}.")),
    (r"Input should be less than or equal to (?P<most>\S+)", N_("It must be at most {most}.")),
)
KNOWN = N_("Did you mean {known}?")


def spoken(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language that a command line asks for, or else MATURITY_LANG, or else the system's own.

    What is none of ours is passed over: that it is refused is said in the language that the person reads. So is
    ``both``, which says in what languages files are made.

    >>> spoken(["score", "--lang", "cy"], {}), spoken(["--help"], {"LANG": "cy_GB.UTF-8"})
    ('cy', 'cy')
    >>> spoken(["score", "--lang=en"], {"MATURITY_LANG": "cy"}), spoken([], {"LANG": "de_DE.UTF-8"})
    ('en', 'en')
    >>> spoken(["score", "--lang=fr"], {"MATURITY_LANG": "cy"}), spoken(["pack", "--lang", "both"], {"LANG": "en_GB"})
    ('cy', 'en')
    """
    asked = [after for before, after in pairwise(arguments) if before == "--lang"]
    asked += [one.removeprefix("--lang=") for one in arguments if one.startswith("--lang=")]
    asked.append(environment.get("MATURITY_LANG", ""))
    asked.append(next((environment[name] for name in LOCALE if environment.get(name)), ""))
    return next((found for said in asked if (found := _known(said))), "en")


def _known(said: str) -> Language | None:
    """Of an option, a variable or a locale: ``cy``, ``cy_GB.UTF-8``."""
    language = re.split("[_.@-]", said.casefold())[0]
    return "cy" if language == "cy" else "en" if language == "en" else None


def run(app: typer.Typer, language: Language) -> None:
    """Runs the command line in that language, and leaves with its exit code."""
    from typer._click.exceptions import ClickException
    from typer._click.utils import PacifyFlushWrapper

    said = os.environ.get("MATURITY_LANG", "")
    if meant := _known(said):
        # Commands know the languages by their short names alone.
        os.environ["MATURITY_LANG"] = meant
    words = Words(language)
    if language != "en":
        # What commands take for their default, so that on a Welsh system no option is needed.
        os.environ.setdefault("MATURITY_LANG", language)
        _translate_typer(words)
    try:
        code: int = command_in(app, words)(prog_name="maturity", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on, which is no error, as in commands.
        forget(sys.stdout)
        code = ExitCode.DONE
    except SystemExit:
        # Typer would leave with 1 for the same, and says so in this way alone.
        if not isinstance(sys.stdout, PacifyFlushWrapper):
            raise
        code = ExitCode.DONE
    except ClickException as error:
        code = _complain(error, words, app)
    except typer.Abort:
        say(words("Stopped."))
        code = ExitCode.INTERRUPTED
    sys.exit(code or 0)


def _translate_typer(words: Words) -> None:
    from typer import rich_utils
    from typer._click.core import Context
    from typer._click.formatting import HelpFormatter as Plain

    for name, message in CONSTANTS.items():
        setattr(rich_utils, name, words(message))

    class Formatter(Plain):
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, prefix or words("Usage: "))

    Context.formatter_class = Formatter


def command_in(app: typer.Typer, words: Words) -> Command:
    """The whole command line with its help, and with the names of arguments, in that language."""
    command = typer.main.get_command(app)
    _translate(command, words)
    return command


def _translate(command: Command, words: Words, above: Context | None = None) -> None:
    """Puts the help of a command, of its options and of those below it into these words."""
    from typer._click.core import Context

    context = Context(command, parent=above, info_name=command.name, **command.context_settings)
    command.help = in_paragraphs(command.help or "", words)
    command.options_metavar = words("[OPTIONS]")
    if isinstance(command, TyperGroup):
        command.subcommand_metavar = words("COMMAND [ARGS]...")
    # Put into the one object: Typer makes it of a class that nothing can choose.
    vars(command).update(format_help=_quietly(command.format_help))
    for parameter in command.get_params(context):
        if isinstance(parameter, TyperOption | TyperArgument):
            refuse_empty(parameter)
            _translate_parameter(parameter, words)
    for below in command.commands.values() if isinstance(command, TyperGroup) else ():
        _translate(below, words, context)


def _quietly(show: Callable[[Context, HelpFormatter], None]) -> Callable[[Context, HelpFormatter], None]:
    """Shows help; Rich would leave with 1 where the reader has stopped reading, as with ``| head -1``."""

    def format_help(context: Context, formatter: HelpFormatter) -> None:
        try:
            show(context, formatter)
        except SystemExit:
            raise BrokenPipeError from None

    return format_help


def _translate_parameter(parameter: TyperOption | TyperArgument, words: Words) -> None:
    if parameter.help:
        parameter.help = words(OPTIONS_OF_ALL.get(parameter.name, parameter.help))
    if parameter.name == "install_completion":
        parameter.callback = _installed(words)
    if parameter.metavar:
        parameter.metavar = words(parameter.metavar)
    # Methods of this one: Typer asks none of its own classes how to show an argument.
    if isinstance(parameter, TyperArgument):
        vars(parameter).update(get_usage_pieces=lambda _: [_in_usage(parameter)])
    if not parameter.type_descriptor.is_choice:
        # Its name says what it is; and a switch takes no value.
        vars(parameter).update(display_type=lambda _: "")


def _in_usage(argument: TyperArgument) -> str:
    """As every manual has it: ``FILE``, ``[FILE]`` that may be left out, ``PATH...`` of which there may be several."""
    name = argument.display_name_raw + ("..." if argument.nargs != 1 else "")
    return name if argument.required else f"[{name}]"


def _installed(words: Words) -> Callable[[Context, Parameter, object], object]:
    """Installs completion as Typer does, and says so in these words."""

    def install_completion(context: Context, _: Parameter, shell: object) -> object:
        if not shell or context.resilient_parsing:
            return shell
        from typer._completion_shared import install

        name, path = install(shell if isinstance(shell, str) else None)
        typer.echo(
            words(
                "Completion for {shell} is installed in {path}. It works once the terminal is opened again.",
                shell=name,
                path=path,
            )
        )
        raise typer.Exit

    return install_completion


def in_paragraphs(text: str, words: Words) -> str:
    """A help text with each paragraph translated, and with examples as a reader of these words would type them."""
    return "\n\n".join(words(p) if is_prose(p) else example(p, words) for p in text.split("\n\n"))


def is_prose(paragraph: str) -> bool:
    """Whether a paragraph of a help text is read, rather than copied into a shell."""
    return bool(paragraph) and not paragraph.startswith("    ")


def _complain(error: ClickException, words: Words, app: typer.Typer) -> int:
    """Says what is wrong with the command line, and where help is."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.exit_code
    # Of an option without its value Typer does not say whose it is.
    context: Context = getattr(error, "ctx", None) or _named_first(command_in(app, words))
    say(context.get_usage())
    say(words("'{command} --help' lists what there is.", command=context.command_path))
    if isinstance(error, WrongOption):
        error.message = error.why.said(words)
    if isinstance(error, typer.BadParameter) and (variable := _variable(error, context)):
        error.param_hint = variable
    said = _said(" ".join(message_of(error).split()), SAID, words)
    if context.parent is None and getattr(error, "option_name", "") == "--lang":
        said += ". " + words("Write --lang after a command, as in 'maturity score --lang cy'.")
    say(said)
    return error.exit_code


def _named_first(whole: Command) -> Context:
    """The command that the command line begins with, or else the program."""
    from typer._click.core import Context

    above = Context(whole, info_name="maturity")
    below = whole.commands.get(next(iter(sys.argv[1:]), "")) if isinstance(whole, TyperGroup) else None
    return Context(below, parent=above, info_name=below.name, **below.context_settings) if below else above


def _variable(error: ClickException, context: Context) -> str:
    """The variable that a wrong value comes from, where nobody typed the option; else nothing."""
    parameter: Parameter | None = getattr(error, "param", None)
    if parameter is None or parameter.name is None:
        return ""
    source = context.get_parameter_source(parameter.name)
    return str(parameter.envvar) if source is not None and source.name == "ENVIRONMENT" else ""


def _said(message: str, forms: Sequence[tuple[str, str]], words: Words) -> str:
    """A message of Typer's in Welsh, as far as its form is known; a reason of our own comes in Welsh already."""
    for pattern, form in forms:
        if found := re.fullmatch(pattern, message):
            places = found.groupdict()
            if "reason" in places:
                places["reason"] = _said(places["reason"], REASONS, words)
            told = words(form, **places)
            if not places.get("known") or "{known}" in form:
                return told
            return f"{told.removesuffix('.')}. {words(KNOWN, known=places['known'])}"
    return message
