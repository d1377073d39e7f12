"""The desk: the one place that puts the rooms together.

:func:`code_documents` and :func:`code_stream` turn documents into records; :func:`run` keeps a case on disk;
:func:`open_case`, :func:`rows` and :func:`export` read one; :func:`ties_over_time` answers who was tied to
whom when; a :class:`Reviewer` decides about one; :func:`explain` shows how a text was read;
:func:`report_view` and :func:`discrepancy_views` put together what pages show; :func:`try_examples` and
:func:`diff_codebook` test a codebook and show what it does to a case.
"""

from typing import TYPE_CHECKING

from saydo.lazy import offer

if TYPE_CHECKING:
    from saydo.codebook.entries import Codebook
    from saydo.desk.actor_import import ImportSummary, import_actors
    from saydo.desk.backup import Backup, back_up, restore
    from saydo.desk.case import (
        at_work,
        bound,
        case_at,
        find_actors,
        find_document,
        make_case,
        make_filter,
        open_case,
        shown,
    )
    from saydo.desk.codebook_diff import Change, CodebookDiff, Total, diff_codebook
    from saydo.desk.codebook_show import SHOWN, describe, find_entries, rooms_of
    from saydo.desk.coder import Coder, Failure, code_documents, coder_info
    from saydo.desk.compare import Limits, compare_case, comparison_figures, write_comparison
    from saydo.desk.copying import copy_case
    from saydo.desk.correct import KINDS, POLARITIES, REALIS, STATES, Filled, addition, correction
    from saydo.desk.corridor import Corridor, corridor
    from saydo.desk.crew import Crew, coding_by
    from saydo.desk.deeds import Deed, DeedsView, DiscrepancyLine, deeds_view, discrepancy_lines
    from saydo.desk.discrepancy import ContextPassage, DiscrepancyFile, discrepancy_file, discrepancy_files
    from saydo.desk.dossier import Dossier, dossier, known_discrepancy_kinds
    from saydo.desk.dossier_markdown import markdown
    from saydo.desk.evaluate import evaluate, evaluation_csv, evaluation_json
    from saydo.desk.examples import Trial, examples_of, try_examples
    from saydo.desk.explain import Explanation, explain
    from saydo.desk.export import export
    from saydo.desk.files import whole_bytes, whole_file
    from saydo.desk.finding_rows import (
        Chosen,
        columns_of,
        figures_of,
        marks_of,
        part_of,
        pictures_css,
        rows_of,
    )
    from saydo.desk.gazetteer import build_gazetteer, check_gazetteer, default_gazetteer
    from saydo.desk.grades import NO_GRADES, Grades, file_grades, grades
    from saydo.desk.hand import make_coder
    from saydo.desk.inbox import (
        Foreseen,
        Inbox,
        InboxLimits,
        Known,
        Outlook,
        Piece,
        Receiving,
        harmless,
    )
    from saydo.desk.integrity import (
        case_head,
        check_here,
        export_log,
        head_file,
        is_small,
        known_head,
        verify_case,
    )
    from saydo.desk.judge import MOST_AT_ONCE, SIMPLE, Judge, Ref
    from saydo.desk.load import load_codebook, load_reader
    from saydo.desk.look import (
        DiscrepancyView,
        FindingCard,
        PassageView,
        ReportView,
        discrepancy_views,
        report_view,
    )
    from saydo.desk.marks import Mark, Run, cut_runs
    from saydo.desk.one import view_of
    from saydo.desk.pages import export_pages
    from saydo.desk.profile import Lane, Pair, Profile, lanes, pair, profile
    from saydo.desk.progress import Progress, Silent, Stage
    from saydo.desk.queue import ReviewItem, named_in, queue_items, review_item, settled_items
    from saydo.desk.review import Held, Made, Reviewer, decisions, weigh_again
    from saydo.desk.run import REPORT, Asked, Settings, refuse_itself, run
    from saydo.desk.show import WHAT, What, known_kinds, rows
    from saydo.desk.spells import TieOverTime, TieSource, ties_over_time
    from saydo.desk.stamps import Stamp, check_stamps, keep_stamp, request_stamp, shown_stamps, stamp
    from saydo.desk.stream import CodeSummary, code_stream
    from saydo.desk.summary import Highlight, Passage, RunSummary, highlights, source_name
    from saydo.desk.tie_plan import SHAPE_NAMES, look_of_tie, plan_of, shape_of
    from saydo.desk.train_export import train_export
    from saydo.desk.weigh import Engine, weigh_case
    from saydo.export.columns import Cell, Column
    from saydo.export.findings import Table
    from saydo.export.page import Figure
    from saydo.export.rows import ActorRow, DiscrepancyRow, EventRow, Row, StatementRow, TieRow
    from saydo.model.standing import by_hand

_FROM = {
    "saydo.codebook.entries": "Codebook",
    "saydo.desk.actor_import": "ImportSummary import_actors",
    "saydo.desk.backup": "Backup back_up restore",
    "saydo.desk.case": "at_work bound case_at find_actors find_document make_case make_filter open_case "
    "shown",
    "saydo.desk.codebook_diff": "Change CodebookDiff Total diff_codebook",
    "saydo.desk.codebook_show": "SHOWN describe find_entries rooms_of",
    "saydo.desk.compare": "Limits compare_case comparison_figures write_comparison",
    "saydo.desk.coder": "Coder Failure code_documents coder_info",
    "saydo.desk.copying": "copy_case",
    "saydo.desk.correct": "Filled KINDS POLARITIES REALIS STATES addition correction",
    "saydo.desk.corridor": "Corridor corridor",
    "saydo.desk.crew": "Crew coding_by",
    "saydo.desk.deeds": "Deed DeedsView DiscrepancyLine deeds_view discrepancy_lines",
    "saydo.desk.discrepancy": "ContextPassage DiscrepancyFile discrepancy_file discrepancy_files",
    "saydo.desk.dossier": "Dossier dossier known_discrepancy_kinds",
    "saydo.desk.dossier_markdown": "markdown",
    "saydo.desk.evaluate": "evaluate evaluation_csv evaluation_json",
    "saydo.desk.examples": "Trial examples_of try_examples",
    "saydo.desk.explain": "Explanation explain",
    "saydo.desk.export": "export",
    "saydo.desk.files": "whole_bytes whole_file",
    "saydo.desk.gazetteer": "build_gazetteer check_gazetteer default_gazetteer",
    "saydo.desk.grades": "Grades NO_GRADES file_grades grades",
    "saydo.desk.hand": "make_coder",
    "saydo.desk.inbox": "Foreseen Inbox InboxLimits Known Outlook Piece Receiving harmless",
    "saydo.desk.integrity": "case_head check_here export_log head_file is_small known_head verify_case",
    "saydo.desk.judge": "Judge MOST_AT_ONCE Ref SIMPLE",
    "saydo.desk.load": "load_codebook load_reader",
    "saydo.desk.look": "DiscrepancyView FindingCard PassageView ReportView discrepancy_views report_view",
    "saydo.desk.marks": "Mark Run cut_runs",
    "saydo.desk.pages": "export_pages",
    "saydo.desk.profile": "Lane Pair Profile lanes pair profile",
    "saydo.desk.progress": "Progress Silent Stage",
    "saydo.desk.queue": "ReviewItem named_in queue_items review_item settled_items",
    "saydo.desk.review": "Held Made Reviewer decisions weigh_again",
    "saydo.desk.run": "Asked REPORT Settings refuse_itself run",
    "saydo.desk.show": "WHAT What known_kinds rows",
    "saydo.desk.spells": "TieOverTime TieSource ties_over_time",
    "saydo.desk.stamps": "Stamp check_stamps keep_stamp request_stamp shown_stamps stamp",
    "saydo.desk.stream": "CodeSummary code_stream",
    "saydo.desk.summary": "Highlight Passage RunSummary highlights source_name",
    "saydo.desk.train_export": "train_export",
    "saydo.desk.weigh": "Engine weigh_case",
    "saydo.model.standing": "by_hand",
    "saydo.desk.finding_rows": "Chosen columns_of figures_of marks_of part_of pictures_css rows_of",
    "saydo.desk.one": "view_of",
    "saydo.export.rows": "ActorRow DiscrepancyRow EventRow Row StatementRow TieRow",
    "saydo.desk.tie_plan": "SHAPE_NAMES look_of_tie plan_of shape_of",
    "saydo.export.columns": "Cell Column",
    "saydo.export.findings": "Table",
    "saydo.export.page": "Figure",
}
"""Module → what the desk offers of it; loaded when it is asked for."""

__all__ = [
    "KINDS",
    "MOST_AT_ONCE",
    "NO_GRADES",
    "POLARITIES",
    "REALIS",
    "REPORT",
    "SHAPE_NAMES",
    "SHOWN",
    "SIMPLE",
    "STATES",
    "WHAT",
    "ActorRow",
    "Asked",
    "Backup",
    "Cell",
    "Change",
    "Chosen",
    "CodeSummary",
    "Codebook",
    "CodebookDiff",
    "Coder",
    "Column",
    "ContextPassage",
    "Corridor",
    "Crew",
    "Deed",
    "DeedsView",
    "DiscrepancyFile",
    "DiscrepancyLine",
    "DiscrepancyRow",
    "DiscrepancyView",
    "Dossier",
    "Engine",
    "EventRow",
    "Explanation",
    "Failure",
    "Figure",
    "Filled",
    "FindingCard",
    "Foreseen",
    "Grades",
    "Held",
    "Highlight",
    "ImportSummary",
    "Inbox",
    "InboxLimits",
    "Judge",
    "Known",
    "Lane",
    "Limits",
    "Made",
    "Mark",
    "Outlook",
    "Pair",
    "Passage",
    "PassageView",
    "Piece",
    "Profile",
    "Progress",
    "Receiving",
    "Ref",
    "ReportView",
    "ReviewItem",
    "Reviewer",
    "Row",
    "Run",
    "RunSummary",
    "Settings",
    "Silent",
    "Stage",
    "Stamp",
    "StatementRow",
    "Table",
    "TieOverTime",
    "TieRow",
    "TieSource",
    "Total",
    "Trial",
    "What",
    "addition",
    "at_work",
    "back_up",
    "bound",
    "build_gazetteer",
    "by_hand",
    "case_at",
    "case_head",
    "check_gazetteer",
    "check_here",
    "check_stamps",
    "code_documents",
    "code_stream",
    "coder_info",
    "coding_by",
    "columns_of",
    "compare_case",
    "comparison_figures",
    "copy_case",
    "correction",
    "corridor",
    "cut_runs",
    "decisions",
    "deeds_view",
    "default_gazetteer",
    "describe",
    "diff_codebook",
    "discrepancy_file",
    "discrepancy_files",
    "discrepancy_lines",
    "discrepancy_views",
    "dossier",
    "evaluate",
    "evaluation_csv",
    "evaluation_json",
    "examples_of",
    "explain",
    "export",
    "export_log",
    "export_pages",
    "figures_of",
    "file_grades",
    "find_actors",
    "find_document",
    "find_entries",
    "grades",
    "harmless",
    "head_file",
    "highlights",
    "import_actors",
    "is_small",
    "keep_stamp",
    "known_discrepancy_kinds",
    "known_head",
    "known_kinds",
    "lanes",
    "load_codebook",
    "load_reader",
    "look_of_tie",
    "make_case",
    "make_coder",
    "make_filter",
    "markdown",
    "marks_of",
    "named_in",
    "open_case",
    "pair",
    "part_of",
    "pictures_css",
    "plan_of",
    "profile",
    "queue_items",
    "refuse_itself",
    "report_view",
    "request_stamp",
    "restore",
    "review_item",
    "rooms_of",
    "rows",
    "rows_of",
    "run",
    "settled_items",
    "shape_of",
    "shown",
    "shown_stamps",
    "source_name",
    "stamp",
    "ties_over_time",
    "train_export",
    "try_examples",
    "verify_case",
    "view_of",
    "weigh_again",
    "weigh_case",
    "whole_bytes",
    "whole_file",
    "write_comparison",
]

offer(__name__, {name: module for module, names in _FROM.items() for name in names.split()})
