"""Every error of the house. A message says what is wrong, where, and what to do now, in two languages."""

from __future__ import annotations


class SheetsAutomationError(Exception):
    """The root of all our errors.

    `ja` and `en` are for people; neither may hold a name, an address or letter text, since both may be logged.
    `name` is the stable identifier that `--json` prints. `exit_code` is what the command ends with.
    """

    name = "error"
    exit_code = 1

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja = ja
        self.en = en

    def text(self, language: str) -> str:
        """The sentence in `language` ("ja" or "en")."""
        return self.ja if language == "ja" else self.en


class ConfigurationError(SheetsAutomationError):
    """A key, a value or a secret of the configuration is wrong or missing."""

    name = "configuration"
    exit_code = 2


class WorkbookError(SheetsAutomationError):
    """The workbook cannot be read or written as it is."""

    name = "workbook"
    exit_code = 4


class WorkbookNotFound(WorkbookError):
    """There is no workbook at this address."""

    name = "workbook_not_found"


class WorkbookUnreadable(WorkbookError):
    """The file is corrupted, truncated, encrypted, hostile, or no workbook at all."""

    name = "workbook_unreadable"


class WorkbookBusy(WorkbookError):
    """Somebody else holds the workbook: Excel, LibreOffice, or another run of ours."""

    name = "workbook_busy"


class WorkbookChanged(WorkbookError):
    """The workbook changed between reading and writing; read again and try again."""

    name = "workbook_changed"


class WorkbookAccess(WorkbookError):
    """Google does not let us at the workbook: signed out, not shared, a scope or an API missing."""

    name = "workbook_access"


class WorkbookUnreachable(WorkbookError):
    """The workbook's server does not answer, or only with its own troubles, for as long as we try."""

    name = "workbook_unreachable"


class QuotaUsedUp(WorkbookUnreachable):
    """Google lets us read and write no more for now."""

    name = "quota_used_up"


class WriteRefused(WorkbookError):
    """Writing would have to guess or to damage something, so nothing was written."""

    name = "write_refused"


class TabNotOurs(WriteRefused):
    """A tab has the name of one of ours and was made by somebody else."""

    def __init__(self, tab: str) -> None:
        super().__init__(
            f"「{tab}」タブはこのプログラムが作ったものではないので、書き込めません。"
            "タブの名前を変えるか、設定ファイルの [workbook] でほかの名前にしてください。",
            f"Tab {tab} was not made by this program, so nothing can be written there. "
            "Rename the tab, or choose another name under [workbook] in the configuration.",
        )


class CellsKept(WorkbookError):
    """All was written but cells of our own columns that hold what no program may overwrite, such as a formula."""

    name = "cells_kept"


class CellsOverwritten(WorkbookError):
    """A person moved rows or columns while we wrote, and what our cells have overwritten could not be given back."""

    name = "cells_overwritten"


class WorkbookNotSaved(WorkbookError):
    """The workbook could not be replaced (disk full, read-only, held open); the old file is untouched."""

    name = "workbook_not_saved"


class JournalMissing(WorkbookError):
    """The workbook was moved away from its journal while a run was unfinished."""

    name = "journal_missing"


class LogDamaged(WorkbookError):
    """Rows of the delivery log are missing, changed or out of order, so it cannot be trusted."""

    name = "log_damaged"


class HeadingProblem(WorkbookError):
    """A heading that is needed is missing, or stands there twice."""

    name = "heading_problem"


class LetterError(SheetsAutomationError):
    """A letter template is broken, too large or too slow."""

    name = "letter"
    exit_code = 5


class CarrierError(SheetsAutomationError):
    """The carrier cannot be used: unreachable, wrong password, full disk. Stops the run."""

    name = "carrier"
    exit_code = 6


class StopAsked(CarrierError):
    """The run was asked to stop, or its time was over, while it waited for Google or LINE. Another run goes on."""

    name = "stop_asked"


class CarrierAccess(CarrierError):
    """The mail service does not let us in: signed out, another mailbox, an alias or a scope missing."""

    name = "carrier_access"


class MailCapReached(CarrierError):
    """The mailbox may send no more letters today; the rest goes with a later run."""

    name = "mail_cap_reached"


class LineBudgetSpent(CarrierError):
    """This month's messages of the LINE account are used up, or would be; the rest waits for the next month."""

    name = "line_budget_spent"


class SendRefused(SheetsAutomationError):
    """A guard over the whole run stopped it before the first letter."""

    name = "send_refused"
    exit_code = 3


class BlastRadius(SendRefused):
    """Too many letters for an ordinary run; a person has to name the exact number."""

    name = "blast_radius"


class ExpectationMissed(SendRefused):
    """The number that a person named is not the number of letters that are due."""

    name = "expectation_missed"


class NotErasable(SendRefused):
    """Somebody who may not be erased now: in selection, hired, or with a letter in doubt."""

    name = "not_erasable"


class PlanChanged(SendRefused):
    """The plan that a person looked at is another one by now."""

    name = "plan_changed"


class ApprovalVoid(SendRefused):
    """An approval that is forged, of another workbook, too old, or taken back."""

    name = "approval_void"


class SecondPersonNeeded(SendRefused):
    """Whoever proposed these letters may not agree to them alone."""

    name = "second_person_needed"


class NotForOneself(SendRefused):
    """A test letter was to go to an address of the workbook, or to anybody but whoever asks."""

    name = "not_for_oneself"


class UnknownCandidate(SheetsAutomationError):
    """A candidate id was named that does not stand in the workbook."""

    name = "unknown_candidate"
    exit_code = 2


class RegistrationsUnreadable(SheetsAutomationError):
    """A file of registrations is no CSV file, or lacks the heading of the codes."""

    name = "registrations_unreadable"


class ImportUnreadable(SheetsAutomationError):
    """A file of candidates cannot be read, or nothing in it tells where names stand."""

    name = "import_unreadable"


class UnknownImport(SheetsAutomationError):
    """An import was named that this workbook does not know, or that was undone already."""

    name = "unknown_import"
    exit_code = 2


class ExportUnusable(SheetsAutomationError):
    """A folder of exported tables cannot be written to, or read, as it is."""

    name = "export_unusable"


class CreditsMissing(SheetsAutomationError):
    """More credits would be used than are left."""

    name = "credits_missing"
    exit_code = 2
