"""What the sentences are made of, in the language of whoever reads them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from ..models import Act

# Translators: in “Undo: acceptance”, “undid their own acceptance”; all sixteen best of one gender.
NOUN = {
    Act.Verb.ACCEPT: pgettext_lazy("what is undone", "acceptance"),
    Act.Verb.REJECT: pgettext_lazy("what is undone", "rejection"),
    Act.Verb.REOPEN: pgettext_lazy("what is undone", "reopening"),
    Act.Verb.SPEAKER: pgettext_lazy("what is undone", "speaker change"),
    Act.Verb.EDIT: pgettext_lazy("what is undone", "edit"),
    Act.Verb.CREATE: pgettext_lazy("what is undone", "addition"),
    Act.Verb.SPLIT: pgettext_lazy("what is undone", "splitting"),
    Act.Verb.MERGE: pgettext_lazy("what is undone", "merging"),
    Act.Verb.JOIN: pgettext_lazy("what is undone", "merging of speakers"),
    Act.Verb.PART: pgettext_lazy("what is undone", "splitting of a speaker"),
    Act.Verb.RESTORE: pgettext_lazy("what is undone", "restoring"),
    Act.Verb.REVIEW: pgettext_lazy("what is undone", "reviewing"),
    Act.Verb.FLAG: pgettext_lazy("what is undone", "second look"),
    Act.Verb.TEXT: pgettext_lazy("what is undone", "text correction"),
    Act.Verb.UNDO: pgettext_lazy("what is undone", "undoing"),
    Act.Verb.REDO: pgettext_lazy("what is undone", "redoing"),
}
"""What undoing takes back."""

# Translators: what is changed, given or taken away, in “changed the speaker from A to B”; with its article.
THE = {
    "content": pgettext_lazy("what is changed", "the words"),
    "cue": pgettext_lazy("what is changed", "the cue"),
    "mention": pgettext_lazy("what is changed", "the mention"),
    "kind": pgettext_lazy("what is changed", "the kind"),
    "speaker_id": pgettext_lazy("what is changed", "the speaker"),
    "note": pgettext_lazy("what is changed", "the note"),
    "title": pgettext_lazy("what is changed", "the title"),
    "outlet_id": pgettext_lazy("what is changed", "the outlet"),
    "byline": pgettext_lazy("what is changed", "the byline"),
    "published_on": pgettext_lazy("what is changed", "the date of publication"),
    "url": pgettext_lazy("what is changed", "the URL"),
    "place": pgettext_lazy("what is changed", "the place"),
    "signoff": pgettext_lazy("what is changed", "the sign-off"),
    "licence": pgettext_lazy("what is changed", "the licence"),
    "name": pgettext_lazy("what is changed", "the name"),
    "qualifier": pgettext_lazy("what is changed", "the qualifier"),
    "role": pgettext_lazy("what is changed", "the role"),
    "wikidata_id": pgettext_lazy("what is changed", "the Wikidata id"),
    "homepage": pgettext_lazy("what is changed", "the homepage"),
}
"""The fields whose values are told, with their article."""

CHANGED = _("changed %(what)s from %(old)s to %(new)s")
TAKEN_AWAY = _("took away %(what)s %(old)s")
GIVEN = _("gave %(what)s %(new)s")
GIVEN_OTHERWISE = {
    "cue": _("marked %(new)s as the cue"),
    "mention": _("marked %(new)s as the mention"),
    "note": _("wrote the note %(new)s"),
}

SAID = {
    ("state", "accepted"): _("accepted it"),
    ("state", "rejected"): _("rejected it"),
    ("state", "suggested"): _("reopened it"),
    ("former_text_id", True): _("put it back into the former text"),
    ("former_text_id", False): _("brought it back into the text"),
}
"""What says a field's new value, or whether it has one."""
# Translators: a quotation.
TAKEN_OUT = {True: _("took it out"), False: _("brought it back")}
# Translators: an article or a speaker.
HIDDEN = {True: _("hid it"), False: _("showed it again")}

OPENING = {
    Act.Verb.REDO: _("did it again"),
    Act.Verb.RESTORE: _("restored an earlier version"),
    Act.Verb.MERGE: _("merged another quotation into it"),
    Act.Verb.SPLIT: _("split it in two"),
    Act.Verb.JOIN: _("merged two speakers"),
    Act.Verb.PART: _("split a speaker"),
}
"""What kind of act it was, where the sentences about its changes do not say it."""

MANY = {
    Act.Verb.ACCEPT: ngettext_lazy("accepted %(shown)s quotation", "accepted %(shown)s quotations", "number"),
    Act.Verb.REJECT: ngettext_lazy("rejected %(shown)s quotation", "rejected %(shown)s quotations", "number"),
    Act.Verb.REOPEN: ngettext_lazy("reopened %(shown)s quotation", "reopened %(shown)s quotations", "number"),
    Act.Verb.SPEAKER: ngettext_lazy(
        "changed the speaker of %(shown)s quotation", "changed the speaker of %(shown)s quotations", "number"
    ),
    Act.Verb.EDIT: ngettext_lazy("edited %(shown)s quotation", "edited %(shown)s quotations", "number"),
    Act.Verb.CREATE: ngettext_lazy("added %(shown)s quotation", "added %(shown)s quotations", "number"),
    Act.Verb.MERGE: ngettext_lazy("merged %(shown)s quotation", "merged %(shown)s quotations", "number"),
    Act.Verb.JOIN: ngettext_lazy(
        "changed the speaker of %(shown)s quotation by merging two speakers",
        "changed the speaker of %(shown)s quotations by merging two speakers",
        "number",
    ),
    Act.Verb.PART: ngettext_lazy(
        "changed the speaker of %(shown)s quotation by splitting a speaker",
        "changed the speaker of %(shown)s quotations by splitting a speaker",
        "number",
    ),
    Act.Verb.RESTORE: ngettext_lazy(
        "restored an earlier version of %(shown)s quotation",
        "restored an earlier version of %(shown)s quotations",
        "number",
    ),
    Act.Verb.UNDO: ngettext_lazy(
        "undid a change to %(shown)s quotation", "undid a change to %(shown)s quotations", "number"
    ),
    Act.Verb.REDO: ngettext_lazy(
        "did again a change to %(shown)s quotation", "did again a change to %(shown)s quotations", "number"
    ),
}
"""What an act did to `number` quotations, which is `shown` with its thousands apart."""
