"""The option of commands that seek quotations."""

from __future__ import annotations

from argparse import ArgumentTypeError

from django.core.management.base import CommandParser


def add_processes(parser: CommandParser) -> None:
    parser.add_argument(
        "--processes",
        type=_number,
        metavar="N",
        help="how many processes seek quotations at the same time (default: NEWSROOM_PROCESSES, or 1)",
    )


def _number(written: str) -> int:
    if not written.isdecimal():
        raise ArgumentTypeError(f"{written} is no number of 0 or more")
    return int(written)
