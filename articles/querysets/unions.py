"""Rows of several tables in one query."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet


def for_union(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """The same rows, whose order and cut are made a condition: in a union neither engine takes them otherwise."""
    these: QuerySet[Any, Any] = rows.model._default_manager.filter(pk__in=rows.values("pk")).order_by()
    return these
