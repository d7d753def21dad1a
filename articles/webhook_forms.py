"""The form of a webhook: where it sends, what it tells of, and which search narrows it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .models import SavedSearch, Webhook, is_name, tidy_name
from .webhooks.addresses import LONGEST, Forbidden, OwnNetwork, check

ALL, KEPT = "all", "kept"
"""Of the choice what it tells of: all quotations, or those that it told of before."""


class WebhookForm(forms.Form):
    """`searches` are those of quotations that its editor may choose from; the query of one is copied."""

    name = forms.CharField(label=_("Name"), max_length=100)
    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("As https://hooks.example/newsroom. Nothing is sent into the server’s own network."),
    )
    events = forms.MultipleChoiceField(
        label=_("Tell of these quotations"),
        choices=Webhook.Event.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    narrowed = forms.ChoiceField(
        label=_("Only those found by"),
        help_text=_("Saved searches of quotations: yours, and those that others share. It is copied as it is now."),
    )

    def __init__(
        self, typed: QueryDict | None, *, searches: list[SavedSearch], webhook: Webhook | None = None
    ) -> None:
        initial: dict[str, Any] = {"events": [Webhook.Event.NEW, Webhook.Event.ACCEPTED], "narrowed": ALL}
        if webhook:
            initial = {"name": webhook.name, "url": webhook.url, "events": webhook.events}
            initial["narrowed"] = KEPT if webhook.query else ALL
        super().__init__(typed, initial=initial, label_suffix="")
        self._webhook = webhook
        self._queries = {str(search.uid): search.query for search in searches}
        choices = [(ALL, _("all quotations")), *((str(search.uid), search.name) for search in searches)]
        if webhook and webhook.query:
            self._queries[KEPT] = webhook.query
            choices.insert(1, (KEPT, _("the search that it has now")))
        self.fields["narrowed"].choices = choices  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = tidy_name(self.cleaned_data["name"])
        if not is_name(name):
            raise ValidationError(_("That is no name: it needs a character that can be seen."))
        return name

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        try:
            check(url)
        except OwnNetwork as error:
            may = _("Whoever runs this Newsroom may allow hosts of its own network (NEWSROOM_WEBHOOK_ALLOW).")
            raise ValidationError(f"{error} {may}") from error
        except Forbidden as error:
            raise ValidationError(str(error)) from error
        return url

    def write(self, webhook: Webhook) -> None:
        """Give the valid values to `webhook`; it is not saved."""
        found = self.cleaned_data
        webhook.name, webhook.url, webhook.events = found["name"], found["url"], found["events"]
        webhook.query = self._queries.get(found["narrowed"], "")
