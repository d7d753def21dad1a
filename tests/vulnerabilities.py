"""Known vulnerabilities in what is installed: `python -m tests.vulnerabilities`, with pip-audit's options after it.

Exits 1 on findings. Where the vulnerability service cannot be reached it says so and exits 0: no network is no fault
of the code.
"""

import json
import subprocess
import sys
import tempfile
from typing import Any

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
PIP_AUDIT = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner", "off"]


def audit(options: list[str]) -> list[dict[str, Any]] | None:
    """pip-audit's account of each package, or None where it gave none."""
    # Frozen requirements leave out pip and setuptools, which come with the environment and are not the product's.
    frozen = subprocess.run([*PIP, "freeze"], capture_output=True, text=True, check=True).stdout
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirements:
        requirements.write(frozen)
        requirements.flush()
        command = [*PIP_AUDIT, "--format", "json", "--requirement", requirements.name, *options]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages: list[dict[str, Any]] = json.loads(result.stdout)["dependencies"]
    except json.JSONDecodeError:
        print(result.stderr.strip().rpartition("\n")[2], file=sys.stderr)
        return None
    return packages


def report(packages: list[dict[str, Any]] | None) -> int:
    """Print what was found, a line a finding; the exit code."""
    audited = [package for package in packages or [] if "skip_reason" not in package]
    if not packages or not audited:
        print("pip-audit: NOT AUDITED, the vulnerability service cannot be reached or knows none of the packages")
        return 0
    findings = [(package, finding) for package in audited for finding in package["vulns"]]
    for package, finding in findings:
        mended = ", ".join(finding["fix_versions"]) or "no version yet"
        print(f"pip-audit: {package['name']} {package['version']}: {finding['id']}, mended in {mended}")
    print(f"pip-audit: {len(findings)} findings in {len(audited)} of {len(packages)} packages")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(report(audit(sys.argv[1:])))
