"""Makes the files of a release: ``python release/make.py -o dist``; ``make release`` does it
(docs/release.md).

Wheel, sdist, the list of parts, and their checksums. The wheel is built once more from the sdist; if the
two are not the same to the byte, nothing is left behind and the exit code is 1. Signing is done by a person.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILT = Path("src/saydo/web/built")


def hatchling(source: Path, target: str, out: Path) -> Path:
    """Builds a wheel or an sdist from a folder of sources; where it lies."""
    out.mkdir(parents=True, exist_ok=True)
    asked = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)]
    made = subprocess.run(asked, cwd=source, capture_output=True, text=True, check=False)
    if made.returncode:
        raise SystemExit(f"building the {target} failed; it said:\n{(made.stdout + made.stderr).strip()}")
    (built,) = out.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return built


def wheel_of(sdist: Path, scratch: Path, built: Path | None = None) -> Path:
    """The wheel that an sdist gives. ``built``: a folder of browser modules that were built from the same
    sources, which spares fetching what builds them."""
    with tarfile.open(sdist) as archive:
        archive.extractall(scratch, filter="data")
    (source,) = scratch.iterdir()
    if built is not None:
        shutil.copytree(built, source / BUILT)
    return hatchling(source, "wheel", scratch / "out")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def release(out: Path) -> list[Path]:
    """Makes all files of a release in a folder, which must be empty or not be there."""
    if out.exists() and any(out.iterdir()):
        raise SystemExit(f"{out} is not empty; take away what is in it, or name another folder with -o")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        wheel = hatchling(ROOT, "wheel", scratch / "wheel")
        sdist = hatchling(ROOT, "sdist", scratch / "sdist")
        again = wheel_of(sdist, scratch / "again")
        if digest(again) != digest(wheel):
            raise SystemExit(
                "the wheel from the sdist is another one than that from the sources; is the tree clean?"
            )
        parts = scratch / f"{'-'.join(wheel.name.split('-')[:2])}.cdx.json"
        subprocess.run([sys.executable, str(ROOT / "release/sbom.py"), "-o", str(parts)], check=True)
        out.mkdir(parents=True, exist_ok=True)
        made = [Path(shutil.copy2(path, out)) for path in (wheel, sdist, parts)]
    sums = out / "SHA256SUMS"
    sums.write_text("".join(f"{digest(path)}  {path.name}\n" for path in made), encoding="ascii")
    return [*made, sums]


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the files of a release.")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist")
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    commit = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    os.environ.setdefault("SOURCE_DATE_EPOCH", commit or "1700000000")
    for path in release(parser.parse_args().output):
        print(f"{path}  {path.stat().st_size / 1e6:.1f} MB")
    print(f"SOURCE_DATE_EPOCH={os.environ['SOURCE_DATE_EPOCH']}; sign SHA256SUMS now (docs/release.md)")


if __name__ == "__main__":
    main()
