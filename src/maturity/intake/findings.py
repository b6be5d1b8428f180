"""What can be wrong with a filled-in workbook: one catalogue, W001 to W0xx."""

from __future__ import annotations

from maturity.models.problem import Kind

# The file

NOT_A_WORKBOOK = Kind(
    "W001",
    "error",
    "This is not a workbook that can be read: {reason}.",
    "Save it from your spreadsheet program as .xlsx or .ods, and check that it opens there.",
)
OLD_FORMAT = Kind(
    "W002",
    "error",
    "This workbook is in an old or unusual format ({format}).",
    "Open it in your spreadsheet program and save it as .xlsx or .ods.",
)
PASSWORD = Kind(
    "W003",
    "error",
    "The workbook is protected by a password.",
    "Save it without the password and send it again.",
)
TOO_LARGE = Kind(
    "W004",
    "error",
    "The workbook is larger than is read ({what}).",
    "The limit is {limit}. Copy the answers into a fresh template, without pictures, and delete what lies far below or beside them; save a large table as CSV.",
)
FORBIDDEN = Kind(
    "W005",
    "error",
    "The workbook holds what no spreadsheet program writes: {what}.",
    "Do not open it; ask the sender where it comes from, and for a copy saved anew as .xlsx.",
)
NOT_A_TEMPLATE = Kind(
    "W006",
    "error",
    "This workbook was not made by 'maturity template', or its hidden sheet '{sheet}' is gone.",
    "Make a template with 'maturity template' and copy the answers into it; if it is a table of answers, start with 'maturity mapping'.",
)
NEWER_TEMPLATE = Kind(
    "W007",
    "error",
    "The template's format is '{found}', and this version reads '{known}'.",
    "Upgrade maturity, or make the template anew with this version.",
)
NO_SUCH_QUESTIONNAIRE = Kind(
    "W008",
    "error",
    "The template asks questionnaire '{wanted}', which is not at hand.",
    "These are at hand: {known}. Make the template anew from one of them, or name the questionnaire's file.{hint}",
)
OTHER_DIGEST = Kind(
    "W009",
    "warning",
    "The template was made from another state of questionnaire '{questionnaire}' than the one at hand.",
    "Answers are read where they are choices of today's questionnaire. Make a fresh template if the questions have changed.",
)
NO_MEMORY = Kind(
    "W055",
    "error",
    "The computer's memory does not suffice to read this workbook.",
    "Copy the answers into a fresh template and delete what lies far below or beside them.",
)
REPORT = Kind(
    "W056",
    "warning",
    "This is a workbook that maturity wrote (a report), not answers.",
    "Move it out of the folder of answers; it was left aside.",
)
IS_AGENDA = Kind(
    "W115",
    "warning",
    "This is the agenda of what several respondents differ on, not one respondent's answers.",
    "Give it to 'maturity merge' after --agreed; here it was left aside.",
)

# The council and the period

NO_COUNCIL = Kind("W010", "error", "The council is missing.", "Choose it from the list in this cell.")
UNKNOWN_COUNCIL = Kind(
    "W011",
    "error",
    "'{found}' is not a council in the register.",
    "Choose one from the list in this cell.{hint}",
)
NO_PERIOD = Kind(
    "W012", "error", "The period is missing.", "Write the year that the answers describe, as in 2026."
)
NOT_A_PERIOD = Kind(
    "W013",
    "error",
    "'{found}' is not a period.",
    "Write the year that the answers describe, as in 2026, or a part of it or two years, as in 2026-Q1, 2026-H1, 2026-03 or 2025-26.",
)
NOT_A_CHOICE = Kind("W014", "error", "'{found}' is not one of the choices here.", "Choose one of: {options}.")
FACT_ROW_GONE = Kind(
    "W015",
    "error",
    "The row '{fact}' is gone, so nobody can tell it.",
    "Copy the answers into a fresh template, or add the row's id in column A.",
)

# The structure

UNKNOWN_QUESTION = Kind(
    "W020",
    "error",
    "'{found}' is not a question of this questionnaire.",
    "Restore the id in this cell.{hint}",
)
QUESTION_TWICE = Kind(
    "W021",
    "error",
    "'{question}' stands here a second time; the first is in {first}.",
    "Keep one of the two rows and delete the other.",
)
NO_ID = Kind(
    "W022",
    "error",
    "'{found}' stands in a row without a question's id, so nobody can tell what it answers.",
    "Restore the id in the row's first column, or delete the row.",
)
QUESTION_GONE = Kind(
    "W023",
    "warning",
    "Questions that have no row in this workbook, and count as unanswered: {n} ({questions}).",
    "Copy the answers into a fresh template if they were deleted by mistake.",
)
OPTION_ROW_GONE = Kind(
    "W024",
    "error",
    "The row of choice '{option}' of '{question}' is gone.",
    "Copy the rows of this question from a fresh template and mark each again.",
)
COLUMN_GONE = Kind(
    "W025",
    "error",
    "The column '{heading}' is gone or was renamed.",
    "Restore the column's heading as it stands in a fresh template.",
)
COLUMN_TWICE = Kind(
    "W026", "error", "There are two columns '{heading}'.", "Delete or rename the one that does not count."
)
NOT_READ = Kind(
    "W027",
    "warning",
    "This was not read: {what}.",
    "Put what belongs to an answer into the column 'Note'.",
)
MERGED = Kind(
    "W028",
    "error",
    "Cells {range} are merged, so nobody can tell which question the answer belongs to.",
    "Split the cells and fill in each.",
)
SHIFTED = Kind(
    "W029",
    "error",
    "'{found}' cannot be trusted: other answers on this sheet stand beside the wrong question.",
    "The column was probably sorted or moved without the others. Undo that, or copy the answers into a fresh template.",
)
NOTHING_ANSWERED = Kind(
    "W030", "warning", "No question is answered.", "Fill in the blue cells and save the workbook."
)

# The answers

UNKNOWN_CHOICE = Kind(
    "W040",
    "error",
    "'{found}' is none of the choices of '{question}'.",
    "Choose one from the list in the cell.{hint}",
)
AMBIGUOUS_CHOICE = Kind(
    "W041",
    "error",
    "'{found}' can mean several choices of '{question}'.",
    "Choose one from the list in the cell.",
)
DATE_FOR_ANSWER = Kind(
    "W042",
    "error",
    "A date ({found}) stands here; a spreadsheet program may have made it of an answer such as 3-4.",
    "Choose one from the list in the cell, or write the answer again.",
)
NUMBER_UNSURE = Kind(
    "W043",
    "error",
    "The cell holds {found}, which may be meant as {percent}%.",
    "Write the percentage with its sign, as in 45%, into a cell formatted as text.",
)
NO_NUMBER = Kind(
    "W044",
    "error",
    "'{found}' is not a number that answers '{question}' ({unit}).",
    "Write the number alone, as in 45 or 12.5{dont_know}.",
)
TWO_WAYS = Kind(
    "W045",
    "error",
    "'{found}' can be read in two ways.",
    "Write the number without a comma, as in 1250 or 1.25.",
)
NOT_A_MARK = Kind("W046", "error", "'{found}' is neither Yes nor No.", "Write Yes or No.")
DOUBTFUL_MARK = Kind(
    "W400",
    "error",
    "'{found}' can mean No, as 'Na' does in Welsh, or 'not applicable'.",
    "Write Yes or No.",
)
NONE_CHOSEN = Kind(
    "W047",
    "error",
    "Every choice of '{question}' is marked No.",
    "Mark at least one with Yes{exclusive}, or empty the cells to leave it unanswered.",
)
ANSWER_ABOVE = Kind(
    "W048",
    "error",
    "'{found}' stands beside a question whose choices have rows of their own.",
    "Mark the rows below with Yes or No and leave this cell as it was.",
)
NOT_A_DATE = Kind(
    "W049",
    "error",
    "'{found}' is not a date.",
    "Write it as day/month/year, as in 31/03/2026, not in the future by much and not before 1990.",
)
DATE_ALONE = Kind(
    "W050", "error", "There is a date here and no evidence.", "Name the evidence, or delete the date."
)
REASON_ALONE = Kind(
    "W051",
    "error",
    "A reason stands here, and '{question}' is not marked as not applying.",
    "Mark 'Does not apply' with Yes, or move the words to the note.",
)
CELL_ERROR = Kind(
    "W052",
    "error",
    "The cell holds an error or a formula without its result ({found}).",
    "Write the answer itself into the cell.",
)
TOO_LONG = Kind("W053", "error", "The text here is {length} characters long.", "Shorten it to {limit}.")
NUMBER_OF_OTHER = Kind(
    "W054",
    "error",
    "'{found}' is only a number in the list of choices, and the questionnaire has changed since the template was made.",
    "Choose the answer in words from a fresh template.",
)
BESIDE_OTHER = Kind(
    "W057",
    "error",
    "'{question}' stands beside the words of '{other}', so nobody can tell which of the two is answered.",
    "The ids or the questions were probably sorted or pasted on their own. Undo that, or copy the answers into a fresh template.",
)
MISPLACED = Kind(
    "W058",
    "error",
    "'{found}' is a choice, and stands in the column '{heading}'.",
    "Move it into the column for answers if it is the answer; check that the columns' headings were not swapped.",
)
FORMULA = Kind(
    "W059",
    "warning",
    "A formula stands here; what it last came to was read: '{found}'.",
    "Write the answer itself, so that it cannot change.",
)
NO_ANSWERS = Kind(
    "I009",
    "warning",
    "There is no answer in this file: it does not count.",
    "Delete the file, or answer questions in it.",
)
