"""Django admin for editors. Every save goes through the one write path, `articles.corrections`."""

from . import articles, former_texts, history, imports, queue, quotations, speakers, tokens, users

__all__ = ["articles", "former_texts", "history", "imports", "queue", "quotations", "speakers", "tokens", "users"]
