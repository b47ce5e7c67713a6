"""Report → Word notice and review sheet, each proved by reading the file back."""

from docproc.draft.notice import Drafted, draft_notice
from docproc.draft.office import Office
from docproc.draft.sheet import draft_sheet, draft_workbook

__all__ = ["Drafted", "Office", "draft_notice", "draft_sheet", "draft_workbook"]
