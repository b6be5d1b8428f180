"""What can be wrong with a table of answers: W060 to W099, beside the workbooks' own."""

from __future__ import annotations

from collections.abc import Callable

from maturity.models.problem import Kind, Place, Problem

MOST_TOLD = 1_000

# The file

NO_TABLE = Kind(
    "W060",
    "error",
    "No row of headings was found that makes this a table of answers.",
    "Name the columns by the questions' ids or texts, or 'question' and 'answer'; or say which is which in a mapping: start with 'maturity mapping'.",
)
NOT_A_TABLE = Kind(
    "W061",
    "error",
    "This is no table, whatever its name says: {what}.",
    "Export the answers again as .csv or .xlsx, and check that the file opens in a spreadsheet program.",
)
NO_SUCH_SHEET = Kind(
    "W276",
    "error",
    "The mapping says that the answers are on the sheet '{found}', and there is none of this name.",
    "Correct 'sheet' in the mapping, or the sheet's name. The sheets are: {known}.",
)
TABLE_TOO_LARGE = Kind(
    "W062",
    "error",
    "The table is larger than is read at once ({what}).",
    "Split it, or delete what lies beside the answers: the limit is {limit}.",
)
BROKEN = Kind(
    "W063",
    "error",
    "The table cannot be read on from here: {reason}.",
    "Check the quotes and the end of the file, or export it again.",
)
CUT_OFF = Kind(
    "W064",
    "warning",
    "The last line has no end: the file may have been cut off here.",
    "Check its last answer against the original; then end the line, or export the file again.",
)
ENCODING = Kind(
    "W065",
    "warning",
    "The file is not UTF-8; it was read as Windows-1252, which has no ŵ and no ŷ.",
    "Save it as 'CSV UTF-8', so that no letter is lost.",
)
NO_PARQUET = Kind(
    "W066",
    "error",
    "Reading Parquet takes DuckDB, which is not installed.",
    "Write: pip install 'maturity[parquet]'; or save the table as CSV.",
)
OWN_SCORES = Kind(
    "W067",
    "warning",
    "This is a table of scores that maturity wrote, not answers.",
    "Keep it out of the folder of answers; it was left aside.",
)

# Whose answers to what

UNSURE_QUESTIONNAIRE = Kind(
    "W068",
    "error",
    "The table fits several questionnaires: {found}.",
    "Say which was answered with -q.",
)
UNKNOWN_QUESTIONNAIRE = Kind(
    "W069",
    "error",
    "'{found}' is not the questionnaire that the table's other answers are to, or is not at hand.",
    "Give a table one questionnaire, by id and version: these are at hand: {known}.",
)
NO_COUNCIL_COLUMN = Kind(
    "W070",
    "error",
    "No column says whose answers these are.",
    "Add a column 'council' with names or codes, or give 'organisation' in a mapping.",
)
NO_PERIOD_COLUMN = Kind(
    "W071",
    "error",
    "No column says which period the answers describe.",
    "Say it with --period, as in --period 2026, or add a column 'period'.",
)
COUNCIL = Kind(
    "W072",
    "error",
    "'{found}' is not a council in the register.",
    "Write a council's name in either language, or its code.{hint}",
)
TWO_COUNCILS = Kind(
    "W073",
    "error",
    "This row names two councils: {found}.",
    "Correct the name or the code.",
)
PERIOD = Kind(
    "W074",
    "error",
    "'{found}' is not a period.",
    "Write the year, or a part of it or two years, as text: 2026, 2026-Q1, 2026-H1, 2026-03 or 2025-26.{hint}",
)
MISSING = Kind("W075", "error", "The {what} is missing here.", "Write it into this cell.")
FACTS_DIFFER = Kind(
    "W076",
    "error",
    "'{found}' stands here as {what}, and '{other}' in another row of the same answers.",
    "Write the same in all rows of one set of answers.",
)
TWICE = Kind(
    "W077",
    "error",
    "{organisation} has a second row of answers for {period} here; the first is in {first}. Neither counts.",
    "Delete the row that does not count; if two people answered, name them in a column 'respondent'.",
)
SEVERAL_PEOPLE = Kind(
    "W078",
    "error",
    "{n} people answered for {organisation} and {period}: {people}. Nobody can tell whose answers are the council's.",
    "Keep the row that the council stands by, or let them agree on one set of answers: see 'maturity merge'.",
)

# The structure

UNKNOWN_COLUMN = Kind(
    "W079",
    "warning",
    "The column '{found}' was not read.",
    "Name it after a question, or say in a mapping what it is; 'ignore' is an answer too.{hint}",
)
UNSURE_COLUMN = Kind(
    "W080",
    "error",
    "The column '{found}' is close to a question's heading and not the same.",
    "Check whether '{near}' is meant, and write that; or say in a mapping what it is.",
)
SEVERAL_MEANINGS = Kind(
    "W081",
    "error",
    "The heading '{found}' can mean several things: {meanings}.",
    "Write the question's id, or say in a mapping what it is.",
)
COLUMN_AGAIN = Kind(
    "W082",
    "error",
    "The column '{found}' means the same as column {first}: {meaning}.",
    "Delete the column that does not count, or rename it.",
)
QUESTION = Kind(
    "W083",
    "error",
    "'{found}' is not a question of {questionnaire}.",
    "Write a question's id or its text.{hint}",
)
ANSWERED_TWICE = Kind(
    "W084",
    "error",
    "'{question}' is answered a second time; the first is in {first}. Neither counts.",
    "Keep one of the two rows and delete the other.",
)
RAGGED = Kind(
    "W085",
    "error",
    "The headings have {wanted} cells, this row has {found}: nobody can tell what belongs where.",
    "Put a text that has the separator in it in quotes, or export the table again; delete a line that is no answer.",
)
BLANK_ROWS = Kind(
    "W086",
    "warning",
    "{n} blank rows stand between the answers: they were passed over.",
    "Delete them, or check that no answers are lost there.",
)
HEADINGS_AGAIN = Kind(
    "W087",
    "error",
    "A second row of headings stands here, and it differs from the first: what follows was not read.",
    "Save each table as a file of its own.",
)
SAME_HEADINGS_AGAIN = Kind(
    "W088",
    "warning",
    "The headings stand here a second time, perhaps in other words: the row was passed over.",
    "Delete the row; check that no answers stand twice.",
)
BESIDE = Kind(
    "W089",
    "warning",
    "This was not read: {what}.",
    "Check that no answers are in it; if there are, give them their own headings or name the sheet in a mapping.",
)
NO_COLUMNS = Kind(
    "W108",
    "warning",
    "Questions that do not occur in this table, and count as unanswered: {n} ({questions}).",
    "Add them if they were answered.",
)
HIDDEN_ROWS = Kind(
    "W090",
    "warning",
    "Hidden rows that were read like the others, from this one on: {n}.",
    "Show all rows and check them; delete what does not count.",
)
HIDDEN_COLUMN = Kind(
    "W091",
    "warning",
    "The hidden column '{found}' was read like the others.",
    "Show it and check it; delete it if it does not count.",
)
HIDDEN_SHEET = Kind(
    "W092",
    "warning",
    "The sheet '{found}' is hidden: it was not read.",
    "Show it if its answers count, or delete it.",
)
FORMULAS = Kind(
    "W093",
    "warning",
    "Cells of column '{found}' with formulas, from this one on: {n}. Their last results were read.",
    "Check them, and paste the values over the formulas.",
)
NUMBERS_AS_TEXT = Kind(
    "W094",
    "warning",
    "Cells of column '{found}' with numbers stored as text, from this one on: {n}. They were read as numbers.",
    "Check them; the spreadsheet program can turn them into numbers.",
)

# The answers

UNKNOWN_ANSWER = Kind(
    "W095",
    "error",
    "'{found}' is no answer to '{question}'.",
    "Write one of: {options}.{hint}",
)
AMBIGUOUS_ANSWER = Kind(
    "W096",
    "error",
    "'{found}' can mean several answers to '{question}'.",
    "Write one of: {options}; or say in a mapping what it means.",
)
DATE_HERE = Kind(
    "W097",
    "error",
    "A date ({found}) stands here; a spreadsheet program may have made it of an answer such as 3-4.",
    "Write the answer again, as text. '{question}' takes: {options}.",
)
NUMBERS_DOUBTED = Kind(
    "W098",
    "error",
    "'{found}' is none of the choices of '{question}' by number ({numbers}), so the table may count in another way: none of the {n} answers that are numbers of choices is believed, from {first} on.",
    "Write the answers' ids or words, or say in a mapping what each number means.",
)
MOVED = Kind(
    "W099",
    "error",
    "'{found}' is an answer to another question than '{question}' ({other}): the column was probably sorted or moved without the others, so nothing of this table is believed.",
    "Undo that, or export the table again.",
)
LEFT_OUT = Kind(
    "W100",
    "warning",
    "Of the {of} sets of answers in this file whose council and period are known, {n} are left out: {names}.",
    "Correct what is said of their answers, then score again.",
)
MORE = Kind(
    "W101",
    "error",
    "{n} more findings in this file are not listed.",
    "Correct those above, then look again.",
)

# The mapping

MAPPED_QUESTION = Kind(
    "W102",
    "error",
    "'{found}' is not a question of {questionnaire}.",
    "Write the id of one of its questions.{hint}",
)
MAPPED_OPTION = Kind(
    "W103",
    "error",
    "'{found}' is not an option of '{question}'.",
    "Write one of: {options}.",
)
MAPPED_COUNCIL = Kind(
    "W104",
    "error",
    "'{found}' is not a council in the register.",
    "Write a council's name in either language, or its code.{hint}",
)
MAPPED_COLUMN_GONE = Kind(
    "W105",
    "warning",
    "The mapping's column '{found}' is not in {table}.",
    "Check whether the column was renamed or lost; correct the mapping, or delete the line.",
)
OTHER_MAPPED = Kind(
    "W106",
    "error",
    "The mapping is for questionnaire {found}, and {given} was named.",
    "Leave -q out, or name the mapping's own.",
)
MAPPED_TWICE = Kind(
    "W107",
    "error",
    "'{found}' stands here a second time, written a little otherwise.",
    "Keep one of the two: space, case and accents tell nothing apart here, nor does punctuation in headings.",
)


class Told:
    """The findings of one table: the first MOST_TOLD of them, and how many more there are."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.more = 0
        self.wrong = False

    @property
    def room(self) -> bool:
        """Whether the next finding will be listed, so that its details are worth working out."""
        return len(self.problems) < MOST_TOLD

    def add(self, kind: Kind, place: Place | Callable[[], Place], **details: object) -> None:
        """Keeps a finding; where it stands is only worked out for those that are listed."""
        self.wrong = self.wrong or kind.severity == "error"
        if not self.room:
            self.more += 1
        else:
            where = place() if callable(place) else place
            self.problems.append(Problem(kind, where, details))

    def all(self) -> list[Problem]:
        """Everything that is kept, with a note where there is more."""
        more = [Problem(MORE, Place(self.file), {"n": self.more})] if self.more else []
        return [*self.problems, *more]
