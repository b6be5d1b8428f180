"""What can be wrong when several respondents' answers are merged: one catalogue, J001 to J011 and J310 to J312."""

from __future__ import annotations

from maturity.models.problem import Kind

OTHER_COUNCIL = Kind(
    "J001",
    "error",
    "These are answers of {found}, and those in {first} are of {wanted}.",
    "Name the files of one council only; of a table with several, save its rows apart.",
)
OTHER_PERIOD = Kind(
    "J002",
    "error",
    "These answers are about {found}, and those in {first} about {wanted}.",
    "Name the files of one period only, or correct the period.",
)
OTHER_VERSION = Kind(
    "J003",
    "error",
    "These are answers to {found}, and those in {first} to {wanted}.",
    "Carry them over to one version first ('maturity migrate'), or name the files of one questionnaire only.",
)
COUNCILS_IN_TABLE = Kind(
    "J310",
    "error",
    "Sets of answers of other councils in this table, from this one on: {n}, of {found}. Those in {first} are of {wanted}.",
    "Save the rows of one council as a table of their own, and merge those.",
)
PERIODS_IN_TABLE = Kind(
    "J311",
    "error",
    "Sets of answers about other periods in this table, from this one on: {n}, about {found}. Those in {first} are about {wanted}.",
    "Save the rows of one period as a table of their own, and merge those.",
)
VERSION_OF_TABLE = Kind(
    "J312",
    "error",
    "Sets of answers in this table: {n}, to {found}. Those in {first} are to {wanted}.",
    "Carry them over to one version first ('maturity migrate'), or name the files of one questionnaire only.",
)
SAME_RESPONDENT = Kind(
    "J004",
    "error",
    "{who} has answered in {other} too: {questions}.",
    "Keep the file that counts. If they are two people, write who answered: name or role.",
)
ALREADY_AGREED = Kind(
    "J005",
    "error",
    "This file has been agreed by several respondents already.",
    "Name the respondents' own files; to go on with what was agreed, name this one after -o.",
)
NO_TERMINAL = Kind(
    "J006",
    "error",
    "There is no terminal here to choose on.",
    "Run this in a terminal; or agree in a workbook: --agenda FILE.xlsx, and then --agreed FILE.xlsx.",
)
NO_SUCH_ROLE = Kind(
    "J007", "error", "Nobody answered as '{role}'.", "The respondents' roles are: {known}.{hint}"
)
RESPONDENT_GONE = Kind(
    "J008",
    "error",
    "The answers of {who} were merged into this file, and are not among those named now: nothing was written over them.",
    "Name their files too, or write over the file with --force.",
)
CHOSEN_BEFORE = Kind(
    "J009",
    "warning",
    "The agreed answer to '{question}' was chosen before what respondents say of it changed; it stays.",
    "Look at it again, with the file in 'maturity assess' or with --agenda.",
)
OTHER_AGENDA = Kind(
    "J010",
    "error",
    "This workbook is the agenda of {found}, and the answers that are merged are to {wanted}.",
    "Name the agenda that was made of these answers.",
)
CHANGED_MEANWHILE = Kind(
    "J011",
    "error",
    "The file was changed by someone else while this ran: nothing was written over it.",
    "Run this again.",
)
