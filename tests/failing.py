"""A database that fails once at each of some deeds, and does them when asked again."""

from collections.abc import Callable
from typing import Any

import psycopg
from django.db import OperationalError


def failing_once(name: str, act: Callable[..., Any], *, failing: list[str]) -> Callable[..., Any]:
    """`act`, which fails as long as its `name` is among those `failing`, and takes it away there."""

    def fail_or_act(*args: Any, **kwargs: Any) -> Any:
        if name in failing:
            failing.remove(name)
            raise OperationalError("server closed the connection") from psycopg.OperationalError()
        return act(*args, **kwargs)

    return fail_or_act
