"""What saved searches and exports have in common: a search, as the address of a list says it."""

from __future__ import annotations

from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Searching(models.Model):
    """`of` and `query` are defined by each kind, with what it says of them in forms."""

    class Of(models.TextChoices):
        ARTICLES = "articles", _("articles")
        QUOTATIONS = "quotations", _("quotations")

    of: models.CharField[str, str]
    query: models.CharField[str, str]

    class Meta:
        abstract = True

    @property
    def parameters(self) -> QueryDict:
        """What is sought, as the list's address has it."""
        return QueryDict(self.query)

    @property
    def list_url(self) -> str:
        """The list of what is found now."""
        page = "articles:list" if self.of == self.Of.ARTICLES else "articles:quotations"
        return f"{reverse(page)}?{self.query}"
