"""The tables: outlets, articles, speakers with their aliases, quotations, stories, and the record of changes."""

from .analysis import Analysis
from .anchors import ANCHORS, CONTENT_GAP, anchored
from .api_token import ApiToken, Spent
from .article import Article, Outlet
from .change import Act, Change
from .duplicate import WHY_ALIKE, PossibleDuplicate
from .export_run import ExportRun
from .former_text import FormerText
from .import_run import ImportProblem, ImportRun
from .presence import Presence
from .quotation import NOTE_LENGTH, Quotation, called_by_mention
from .saved_search import SavedSearch, SeenResults
from .sounds import last_word, sound_of
from .speaker import QUALIFIER_LENGTH, Alias, Speaker, name_as_shown
from .story import KeyOfCopy, SignatureOfText, Story
from .versioned import NAME_LENGTH, Versioned, is_name, name_key, name_readings, tidy_name
from .watched_file import WatchedFile
from .webhook import Delivery, Webhook
from .why import Why

__all__ = [
    "ANCHORS",
    "CONTENT_GAP",
    "NAME_LENGTH",
    "NOTE_LENGTH",
    "QUALIFIER_LENGTH",
    "WHY_ALIKE",
    "Act",
    "Alias",
    "Analysis",
    "ApiToken",
    "Article",
    "Change",
    "Delivery",
    "ExportRun",
    "FormerText",
    "ImportProblem",
    "ImportRun",
    "KeyOfCopy",
    "Outlet",
    "PossibleDuplicate",
    "Presence",
    "Quotation",
    "SavedSearch",
    "SeenResults",
    "SignatureOfText",
    "Speaker",
    "Spent",
    "Story",
    "Versioned",
    "WatchedFile",
    "Webhook",
    "Why",
    "anchored",
    "called_by_mention",
    "is_name",
    "last_word",
    "name_as_shown",
    "name_key",
    "name_readings",
    "sound_of",
    "tidy_name",
]
