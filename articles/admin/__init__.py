"""Django admin for editors. Every save goes through the one write path, `articles.corrections`."""

from . import articles, history, imports, quotations, speakers, users

__all__ = ["articles", "history", "imports", "quotations", "speakers", "users"]
