"""Who has an article open."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import PresenceQuerySet
from .article import Article


class Presence(models.Model):
    """That a person had the reading page of an article open at `seen_at`; its page says so every few seconds."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="presences", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="presences")
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            # Who is here, too: it begins with the article.
            models.UniqueConstraint(fields=["article", "user"], name="presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.article_id}"
