"""The index on SQLite."""

from .folding import SEARCHED, words

LOTS = 509
"""A prime, so that no rhythm of an import falls together with one lot."""
STRIDE = 315
"""From one lot to the next that is taken: LOTS by the golden ratio, so that few lots lie evenly among all numbers."""
SHIFT = 40
"""Bits of a row's number that hold its id; those above hold the Julian day of its date."""

QUOTATION_COLUMNS = ("content", *("article_id", "former_text_id", "is_hidden"), *("dated", "outlet_id", "is_listed"))
"""Of a quotation: its words, what the last three follow from, and these: whoever writes them, they become right."""


def newsroom_words(text: str) -> str:
    """The words of `text`, a space between them: FTS5's "ascii" tokenizer takes them apart again."""
    return " ".join(words(text))


def place(row: str) -> str:
    """SQL for the number in the index of `row`, which has a date and an id."""
    return f"((CAST(julianday({row}.dated) AS INTEGER) << {SHIFT}) | {row}.id)"


def _lot(row: str) -> str:
    """What stands in the column `lot`: the lot's number, and a word that all rows have."""
    return f"({row}.id % {LOTS}) || ' all'"


def _article(row: str) -> str:
    texts = (f"{row}.title", f"{row}.byline", f"substr({row}.text, 1, {SEARCHED})")
    return f"{place(row)}, {', '.join(f'newsroom_words({text})' for text in texts)}, {_lot(row)}"


def _quotation(row: str) -> str:
    return f"{place(row)}, newsroom_words({row}.content), {_lot(row)}"


def _differ(*columns: str) -> str:
    return " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)


ARTICLE = "articles_articlewords(rowid, title, byline, text, lot)"
QUOTATION = "articles_quotationwords(rowid, content, lot)"
OUT_OF_ARTICLE = ARTICLE.replace("(rowid", "(articles_articlewords, rowid")
OUT_OF_QUOTATION = QUOTATION.replace("(rowid", "(articles_quotationwords, rowid")

# What a quotation repeats. Where that stands there already, nothing is written: seven indexes would be, too.
_REPEATED = """
    SELECT article.dated, article.outlet_id,
        NOT article.is_hidden AND NOT articles_quotation.is_hidden AND articles_quotation.former_text_id IS NULL
    FROM articles_article AS article WHERE article.id = articles_quotation.article_id
"""
REPEAT = f"""
UPDATE articles_quotation SET (dated, outlet_id, is_listed) = ({_REPEATED})
WHERE (dated, outlet_id, is_listed) IS NOT ({_REPEATED})"""

TABLES = {
    "articles_articlewords": "title, byline, text, lot",
    "articles_quotationwords": "content, lot",
}
TRIGGERS = {
    "article_words_in": f"""
        AFTER INSERT ON articles_article WHEN NOT NEW.is_hidden BEGIN
            INSERT INTO {ARTICLE} SELECT {_article("NEW")};
        END""",
    "article_words_out": f"""
        AFTER DELETE ON articles_article WHEN NOT OLD.is_hidden BEGIN
            INSERT INTO {OUT_OF_ARTICLE} SELECT 'delete', {_article("OLD")};
        END""",
    "article_words_anew": f"""
        AFTER UPDATE OF title, byline, text, published_on, is_hidden ON articles_article
        WHEN {_differ("title", "byline", "text", "published_on", "is_hidden")} BEGIN
            INSERT INTO {OUT_OF_ARTICLE} SELECT 'delete', {_article("OLD")} WHERE NOT OLD.is_hidden;
            INSERT INTO {ARTICLE} SELECT {_article("NEW")} WHERE NOT NEW.is_hidden;
        END""",
    "article_repeated": f"""
        AFTER UPDATE OF published_on, outlet_id, is_hidden ON articles_article
        WHEN {_differ("published_on", "outlet_id", "is_hidden")} BEGIN
            {REPEAT} AND article_id = NEW.id;
        END""",
    "quotation_repeats": f"""
        AFTER INSERT ON articles_quotation BEGIN
            INSERT INTO {QUOTATION} SELECT {_quotation("NEW")} WHERE NEW.is_listed;
            {REPEAT} AND id = NEW.id;
        END""",
    # One trigger for all of it, in this order: that of several on one table is not laid down. What it writes itself
    # does not set it off again.
    "quotation_anew": f"""
        AFTER UPDATE OF {", ".join(QUOTATION_COLUMNS)} ON articles_quotation WHEN {_differ(*QUOTATION_COLUMNS)} BEGIN
            INSERT INTO {OUT_OF_QUOTATION} SELECT 'delete', {_quotation("OLD")} WHERE OLD.is_listed;
            {REPEAT} AND id = NEW.id;
            INSERT INTO {QUOTATION} SELECT {_quotation("q")}
                FROM articles_quotation q WHERE id = NEW.id AND is_listed;
        END""",
    "quotation_words_out": f"""
        AFTER DELETE ON articles_quotation WHEN OLD.is_listed BEGIN
            INSERT INTO {OUT_OF_QUOTATION} SELECT 'delete', {_quotation("OLD")};
        END""",
}

ROWS = {
    ("articles_article", "NOT is_hidden"): "SELECT count(*) FROM articles_articlewords",
    ("articles_quotation", "is_listed"): "SELECT count(*) FROM articles_quotationwords",
}

REMOVE_TRIGGERS = [f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS]
IS_THERE = "SELECT 1 FROM sqlite_master WHERE name = 'articles_quotationwords'"
INSTALL = [
    *(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5({columns}, content='', tokenize='ascii')"
        for table, columns in TABLES.items()
    ),
    *REMOVE_TRIGGERS,
    *(f"CREATE TRIGGER {name} {body}" for name, body in TRIGGERS.items()),
]
FILL = [
    *REMOVE_TRIGGERS,
    REPEAT,
    *(f"INSERT INTO {table}({table}) VALUES ('delete-all')" for table in TABLES),
    f"INSERT INTO {ARTICLE} SELECT {_article('a')} FROM articles_article a WHERE NOT is_hidden ORDER BY dated, id",
    f"INSERT INTO {QUOTATION} SELECT {_quotation('q')} FROM articles_quotation q WHERE is_listed ORDER BY dated, id",
    *INSTALL[len(TABLES) :],
]
REMOVE = [*REMOVE_TRIGGERS, *(f"DROP TABLE IF EXISTS {table}" for table in TABLES)]
