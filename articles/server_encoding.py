"""What PostgreSQL keeps text in: it has to be Unicode, which a database made without a locale is not."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper


def demand_unicode(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Raises ImproperlyConfigured, and closes the new `connection`, where the database is in another encoding.

    The server told the driver when they connected, so it costs no query. Found out later, by the first letter that
    has no place there or by the index, most of `migrate` or `restore` would be done already.
    """
    if connection.vendor != "postgresql":
        return
    encoding = connection.connection.info.parameter_status("server_encoding")
    if encoding and encoding != "UTF8":  # what stands between may not pass it on
        name = connection.settings_dict["NAME"]
        connection.close()
        raise ImproperlyConfigured(
            f"The database {name} is in the encoding {encoding}, and Newsroom needs UTF8. Make another one: "
            "createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0 NAME"
        )
