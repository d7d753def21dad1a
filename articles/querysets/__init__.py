"""Every filter, search and prefetch, by name. Views, commands and the admin ask here."""

from .analysis import AnalysisQuerySet
from .api_tokens import ApiTokenQuerySet, SpentQuerySet
from .articles import ArticleQuerySet
from .changes import ActQuerySet, ChangeQuerySet
from .duplicates import PossibleDuplicateQuerySet
from .exports import ExportRunQuerySet
from .former_texts import FormerTextQuerySet
from .imports import ImportRunQuerySet, WatchedFileQuerySet
from .outlets import OutletQuerySet
from .presence import PresenceQuerySet
from .quotations import QuotationQuerySet
from .saved_searches import SavedSearchQuerySet, SeenResultsQuerySet
from .speakers import SpeakerQuerySet
from .stories import KeyOfCopyQuerySet, StoryQuerySet
from .webhooks import DeliveryQuerySet, WebhookQuerySet

__all__ = [
    "ActQuerySet",
    "AnalysisQuerySet",
    "ApiTokenQuerySet",
    "ArticleQuerySet",
    "ChangeQuerySet",
    "DeliveryQuerySet",
    "ExportRunQuerySet",
    "FormerTextQuerySet",
    "ImportRunQuerySet",
    "KeyOfCopyQuerySet",
    "OutletQuerySet",
    "PossibleDuplicateQuerySet",
    "PresenceQuerySet",
    "QuotationQuerySet",
    "SavedSearchQuerySet",
    "SeenResultsQuerySet",
    "SpeakerQuerySet",
    "SpentQuerySet",
    "StoryQuerySet",
    "WatchedFileQuerySet",
    "WebhookQuerySet",
]
