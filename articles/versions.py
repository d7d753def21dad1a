"""Articles whose text has changed where they were published."""

from .models import Article


def renew(stored: Article, new: Article) -> None:
    raise ValueError(f"{stored} is known with another text")
