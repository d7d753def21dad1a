"""`make` tells a newcomer what to do where the machine lacks something. Nothing is installed here."""

import os
import subprocess
from pathlib import Path

from django.conf import settings


def make(*arguments: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Run make with `path` before the others on PATH, and an environment folder that is not there."""
    environment = {key: value for key, value in os.environ.items() if key not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    environment["PATH"] = f"{path}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        ["make", *arguments, f"VENV={path / 'venv'}"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def python_stub(folder: Path, script: str) -> str:
    stub = folder / "python-stub"
    stub.write_text(f"#!/bin/sh\n{script}\n")
    stub.chmod(0o755)
    return str(stub)


def test_lists_its_targets(tmp_path: Path) -> None:
    listed = make(path=tmp_path)
    assert listed.returncode == 0
    for target in ("run", "test", "check", "bench", "install", "clean"):
        assert f"make {target} " in listed.stdout


def test_names_what_to_install_without_python(tmp_path: Path) -> None:
    refused = make("install", "PYTHON=no-such-python", path=tmp_path)
    assert refused.returncode != 0
    assert "apt-get install python3 python3-venv" in refused.stderr


def test_refuses_an_old_python_by_its_version(tmp_path: Path) -> None:
    old = python_stub(tmp_path, '[ "$1" = --version ] && echo Python 3.9.6 && exit 0; exit 1')
    refused = make("run", f"PYTHON={old}", path=tmp_path)
    assert refused.returncode != 0
    assert "needs Python 3.11 or later" in refused.stderr
    assert "Python 3.9.6" in refused.stderr


def test_names_the_package_for_virtual_environments(tmp_path: Path) -> None:
    bare = python_stub(tmp_path, 'case "$2" in *ensurepip*) exit 1;; esac; exit 0')
    refused = make("run", f"PYTHON={bare}", path=tmp_path)
    assert refused.returncode != 0
    assert "apt-get install python3-venv" in refused.stderr
    assert not (tmp_path / "venv").exists()


def test_cleaning_leaves_the_database(tmp_path: Path) -> None:
    planned = make("--dry-run", "clean", path=tmp_path)
    assert planned.returncode == 0
    assert ".mypy_cache" in planned.stdout
    assert "sqlite" not in planned.stdout
