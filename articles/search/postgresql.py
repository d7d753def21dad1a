"""The index on PostgreSQL."""

from .folding import SEARCHED, UNSPACED
from .sqlite import LOTS

# A tsvector has at most a megabyte; PostgreSQL refuses a row whose words are more: then fewer of them are indexed.
APART = 25
"""Places between the title, the by-line and the text: more than words that are near each other stand apart."""

_PART = f"""'''|'':{APART}'::tsvector"""
_LOT = f"array_to_tsvector(ARRAY['#', '#' || NEW.id % {LOTS}])"

# The same letters in SQL as `folding.words` makes in Python. They are those of ICU: the database's own locale may
# know no case but ASCII's. With nothing left but letters and spaces, its parser has nothing to be clever about.
WORDS = rf"""
CREATE OR REPLACE FUNCTION newsroom_words(given text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.simple', regexp_replace(regexp_replace(
        replace(replace(lower(
            regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]+', '', 'g') COLLATE "und-x-icu"
        ), 'ß', 'ss'), 'ς', 'σ') COLLATE "und-x-icu",
        '([{UNSPACED}])', ' \1 ', 'g'), '[^[:alnum:]]+', ' ', 'g'))
$$"""

FUNCTIONS = [
    WORDS,
    f"""
CREATE OR REPLACE FUNCTION newsroom_article_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE most int := {SEARCHED};
BEGIN
    NEW.words = NULL;
    WHILE NOT NEW.is_hidden AND NEW.words IS NULL LOOP
        BEGIN
            NEW.words = setweight(newsroom_words(NEW.title), 'A') || {_PART}
                || setweight(newsroom_words(NEW.byline), 'B') || {_PART}
                || newsroom_words(left(NEW.text, most)) || {_LOT};
        EXCEPTION WHEN program_limit_exceeded THEN most = most / 2;
        END;
    END LOOP;
    RETURN NEW;
END $$""",
    """
CREATE OR REPLACE FUNCTION newsroom_article_repeated() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE articles_quotation SET is_listed = is_listed WHERE article_id = NEW.id;
    RETURN NULL;
END $$""",
    f"""
CREATE OR REPLACE FUNCTION newsroom_quotation_repeats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE most int := {SEARCHED};
BEGIN
    SELECT article.dated, article.outlet_id,
        NOT article.is_hidden AND NOT NEW.is_hidden AND NEW.former_text_id IS NULL
    INTO NEW.dated, NEW.outlet_id, NEW.is_listed FROM articles_article AS article WHERE article.id = NEW.article_id;
    NEW.words = NULL;
    WHILE NEW.is_listed AND NEW.words IS NULL LOOP
        BEGIN
            NEW.words = newsroom_words(left(NEW.content, most)) || {_LOT};
        EXCEPTION WHEN program_limit_exceeded THEN most = most / 2;
        END;
    END LOOP;
    RETURN NEW;
END $$""",
]
TRIGGERS = {
    ("article_words", "articles_article"): """
        BEFORE INSERT OR UPDATE OF title, byline, text, is_hidden ON articles_article
        FOR EACH ROW EXECUTE FUNCTION newsroom_article_words()""",
    ("article_repeated", "articles_article"): """
        AFTER UPDATE OF published_on, outlet_id, is_hidden ON articles_article FOR EACH ROW
        WHEN ((OLD.published_on, OLD.outlet_id, OLD.is_hidden)
            IS DISTINCT FROM (NEW.published_on, NEW.outlet_id, NEW.is_hidden))
        EXECUTE FUNCTION newsroom_article_repeated()""",
    ("quotation_repeats", "articles_quotation"): """
        BEFORE INSERT OR UPDATE OF article_id, former_text_id, is_hidden, content, dated, outlet_id, is_listed
        ON articles_quotation FOR EACH ROW EXECUTE FUNCTION newsroom_quotation_repeats()""",
}

TABLES = ("articles_article", "articles_quotation")
ROWS = {
    ("articles_article", "NOT is_hidden"): "SELECT count(words) FROM articles_article",
    ("articles_quotation", "is_listed"): "SELECT count(words) FROM articles_quotation",
}
REMOVE_TRIGGERS = [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table in TRIGGERS]
IS_THERE = "SELECT 1 FROM pg_class WHERE relname = 'quotation_words' AND pg_table_is_visible(oid)"
INSTALL = [
    *(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS words tsvector" for table in TABLES),
    *FUNCTIONS,
    *REMOVE_TRIGGERS,
    *(f"CREATE TRIGGER {name} {body}" for (name, _), body in TRIGGERS.items()),
]
# The trigger does the work; an index that is made afterwards is made faster.
FILL = [
    "DROP INDEX IF EXISTS article_words, quotation_words",
    "UPDATE articles_article SET title = title",
    "UPDATE articles_quotation SET is_listed = is_listed",
    "SET CONSTRAINTS ALL IMMEDIATE",  # an index is not made while a foreign key waits to be checked
    "CREATE INDEX article_words ON articles_article USING gin (words)",
    "CREATE INDEX quotation_words ON articles_quotation USING gin (words)",
]
REMOVE = [
    *REMOVE_TRIGGERS,
    *(f"ALTER TABLE IF EXISTS {table} DROP COLUMN IF EXISTS words" for table in TABLES),
    "DROP FUNCTION IF EXISTS newsroom_article_words(), newsroom_article_repeated(), newsroom_quotation_repeats()",
    "DROP FUNCTION IF EXISTS newsroom_words(text)",
]
