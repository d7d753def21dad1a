"""Django admin for editors. Every save goes through the one write path, `articles.corrections`."""

from . import articles, history, queue, quotations, speakers, users

__all__ = ["articles", "history", "queue", "quotations", "speakers", "users"]
