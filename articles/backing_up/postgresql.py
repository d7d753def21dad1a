"""PostgreSQL: pg_dump and pg_restore, and what a database holds as the snapshot of the dump has it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import IO

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .failure import BackupError, Tell
from .file import PIECE, Backup, Contents
from .target import LEFT_OUT, OURS, is_left_out, mark

SYSTEM = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of each version."""
AS_TEXT = {
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "TimeZone": "UTC",
    "bytea_output": "hex",
    "extra_float_digits": "1",
}
"""So that a row reads the same in each session."""
FUNCTIONS = """
    SELECT format('DROP FUNCTION %s CASCADE', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND proname ~ '^(newsroom|procrastinate)_'"""
TYPES = """
    SELECT format('DROP TYPE %s CASCADE', pg_type.oid::regtype)
    FROM pg_type LEFT JOIN pg_class ON pg_class.oid = typrelid
    WHERE typnamespace = current_schema()::regnamespace AND typname ~ '^procrastinate_'
        AND (typtype IN ('d', 'e') OR relkind = 'c')"""


@contextmanager
def source(
    connection: BaseDatabaseWrapper, *, folder: Path, tell: Tell
) -> Iterator[tuple[Iterator[bytes], Contents]]:
    """The database as it is now: the bytes of a dump, and what is in it. Whoever writes goes on meanwhile.

    Raises BackupError where there is no pg_dump for this server, or it fails.
    """
    program = find("pg_dump", at_least=_server(connection))
    without = [f"--exclude-table-data={start}{'*' if start.endswith('_') else ''}" for start in LEFT_OUT]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        tables = contents(connection, tell=tell)
        options = ["--format=custom", "--compress=1", "--no-owner", "--no-privileges", *without]
        with _running([program, *options, f"--snapshot={snapshot}"], connection, stdout=subprocess.PIPE) as process:
            yield _pieces(process.stdout), tables


def versions(connection: BaseDatabaseWrapper) -> dict[str, str]:
    server = _server(connection)
    return {"postgresql": str(server), "pg_dump": str(_version(find("pg_dump", at_least=server)))}


def load(connection: BaseDatabaseWrapper, backup: Backup, *, tell: Tell) -> None:
    """Put the dump in `backup` in the place of what is there, as one transaction; it is marked until all is done."""
    dumped_by = int(backup.manifest.versions["pg_dump"])
    program = find("pg_restore", at_least=max(dumped_by, _server(connection)))
    with transaction.atomic(using=connection.alias):
        empty(connection)
        mark(connection)
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    with _running([program, *options], connection, stdin=subprocess.PIPE) as process:
        _feed(process.stdin, backup.pieces(tell, what="MB loaded"))
    connection.close()


def empty(connection: BaseDatabaseWrapper) -> None:
    """Take away all that migrations make."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith(OURS)]
        if tables:
            cursor.execute(f"DROP TABLE {', '.join(map(quote, tables))} CASCADE")
        for statement in (FUNCTIONS, TYPES):
            cursor.execute(statement)
            for (drop,) in cursor.fetchall():
                cursor.execute(drop)


def contents(connection: BaseDatabaseWrapper, *, tell: Tell) -> Contents:
    """Of each table the rows, and a sum over them all as PostgreSQL writes them, whatever their order."""
    found: Contents = {}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name, value in AS_TEXT.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        tables = sorted(connection.introspection.table_names(cursor))
        for table in tables:
            if not is_left_out(table):
                cursor.execute(
                    "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text "
                    f"FROM {connection.ops.quote_name(table)} AS t"
                )
                rows, digest = cursor.fetchone()
                found[table] = {"rows": rows, "digest": digest}
                tell("tables summed up", 1, len(tables))
    return found


def find(program: str, *, at_least: int) -> str:
    """The path of one of PostgreSQL's programs, of that major version or a later one, which servers ask for."""
    on_path = shutil.which(program)
    places = [*([on_path] if on_path else []), *map(str, sorted(SYSTEM.glob(f"*/bin/{program}"), reverse=True))]
    found = {place: _version(place) for place in places}
    for place, version in found.items():
        if version >= at_least:
            return place
    newest = f"only of version {max(found.values())}" if found else "not on PATH"
    raise BackupError(
        f"{program} is {newest}, and has to be of version {at_least} or later: install PostgreSQL's client programs "
        f"(Debian, Ubuntu: apt-get install postgresql-client-{at_least}) where backups are made and restored."
    )


def _version(program: str) -> int:
    """The major version; 0 where it does not say."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    number = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return int(number[1]) if number else 0


def _server(connection: BaseDatabaseWrapper) -> int:
    connection.ensure_connection()
    return int(connection.connection.info.server_version) // 10_000


@contextmanager
def _running(
    command: list[str], connection: BaseDatabaseWrapper, *, stdin: int | None = None, stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """The program, connected as we are; it ends with the block. No list of processes shows the password.

    Raises BackupError with what it complained of where it fails.
    """
    # Here, so that commands on SQLite start without it.
    from psycopg.conninfo import make_conninfo
    from psycopg.pq import Conninfo

    parameters = connection.get_connection_params()
    known = {option.keyword.decode() for option in Conninfo.get_defaults()} - {"password"}
    place = make_conninfo(**{name: value for name, value in parameters.items() if name in known})
    environment = os.environ | {"LC_MESSAGES": "C"}
    if parameters.get("password"):
        environment["PGPASSWORD"] = parameters["password"]
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(  # noqa: S603 - nothing in it comes from outside
            [*command, f"--dbname={place}"], env=environment, stdin=stdin, stdout=stdout, stderr=complaints
        )
        try:
            yield process
            code = process.wait()
        finally:
            process.kill()
            process.wait()
        if code:
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip() or f"exit code {code}"
            raise BackupError(f"{Path(command[0]).name} failed: {' '.join(said.split())[:500]}")


def _pieces(stdout: IO[bytes] | None) -> Iterator[bytes]:
    while stdout and (piece := stdout.read(PIECE)):
        yield piece


def _feed(stdin: IO[bytes] | None, pieces: Iterable[bytes]) -> None:
    # Where the program has ended already, it says itself why.
    with suppress(BrokenPipeError), stdin or nullcontext():
        for piece in pieces:
            if stdin:
                stdin.write(piece)
