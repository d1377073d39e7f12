"""Writes the list of parts (SBOM) as CycloneDX 1.6: ``python release/sbom.py -o build/saydo.cdx.json``;
``make sbom`` does it.

What stands in it comes from what is meant, not from what happens to be installed: the locked requirements
with their hashes, the lock file of the browser modules, and the data files of the package. The same sources
give the same bytes: the serial number follows from the contents, and the time is that of SOURCE_DATE_EPOCH,
or none.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import tomllib
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(
    r"^([\w.-]+)==([\w.]+)(?:\s*;\s*([^\\\n]*?))?\s*\\\n((?:\s+--hash=sha256:[0-9a-f]{64}\s*\\?\n?)+)", re.M
)
PACKAGE = "src/saydo"
# Folders and files of the package that are data of their own: what they are, and under which licence.
DATA = {
    "reading/data": ("weights of the English reader", ComponentType.MACHINE_LEARNING_MODEL, "CC-BY-SA-4.0"),
    "codebook/data": ("codebook", ComponentType.DATA, "Apache-2.0"),
    "linking/data": ("tables of places, from GeoNames and others (NOTICE)", ComponentType.DATA, "CC-BY-4.0"),
    "export/data": ("tables of states and codes", ComponentType.DATA, "Apache-2.0"),
}
# What the weights began as: in no lock file, and no longer there as such.
ENCODER = Component(
    name="all-MiniLM-L6-v2",
    type=ComponentType.MACHINE_LEARNING_MODEL,
    bom_ref="origin:all-MiniLM-L6-v2",
    description="the encoder that the reader's network was trained on from",
    licenses=[DisjunctiveLicense(id="Apache-2.0")],
)


def libraries(root: Path = ROOT) -> Iterator[Component]:
    """The pinned requirements of the package, one component for each pin; a marker is kept as a property."""
    text = (root / "requirements/runtime.txt").read_text(encoding="utf-8")
    for name, version, marker, hashes in PIN.findall(text):
        purl = PackageURL("pypi", name=name.lower().replace("_", "-"), version=version)
        yield Component(
            name=name,
            version=version,
            type=ComponentType.LIBRARY,
            bom_ref=str(purl),
            purl=purl,
            licenses=known(name),
            properties=[
                *([Property(name="saydo:marker", value=marker)] if marker else []),
                # a package has a file for each system, and each file its hash
                *(
                    Property(name="saydo:file:sha256", value=h)
                    for h in re.findall(r"sha256:([0-9a-f]{64})", hashes)
                ),
            ],
        )


def known(name: str) -> list[DisjunctiveLicense]:
    """The licence as the decision on libraries has it, for those that saydo asks for itself."""
    page = (ROOT / "docs/decisions/0002-libraries.md").read_text(encoding="utf-8")
    found = re.search(rf"^\| {re.escape(name)} \| ([^|]+) \|", page, re.M | re.I)
    return [DisjunctiveLicense(name=found[1].replace("*", "").strip())] if found else []


def browser(root: Path = ROOT) -> Iterator[Component]:
    """The libraries that are built into the workbench; what only builds or tests it is left out."""
    lock = json.loads((root / PACKAGE / "web/browser/package-lock.json").read_text(encoding="utf-8"))
    for place, entry in sorted(lock["packages"].items()):
        if not place or entry.get("dev") or entry.get("devOptional"):
            continue
        group, _, name = place.rpartition("node_modules/")[2].rpartition("/")
        purl = PackageURL("npm", namespace=group or None, name=name, version=entry["version"])
        yield Component(
            name=name,
            group=group or None,
            version=entry["version"],
            type=ComponentType.LIBRARY,
            bom_ref=f"{purl}#{place}",
            purl=purl,
            licenses=[DisjunctiveLicense(name=entry["license"])],
            hashes=[HashType(alg=HashAlgorithm.SHA_512, content=from_base64(entry["integrity"]))],
        )


def from_base64(integrity: str) -> str:
    """``sha512-…`` of a lock file, in hexadecimal."""
    return base64.b64decode(integrity.removeprefix("sha512-")).hex()


def data(root: Path = ROOT) -> Iterator[Component]:
    """Model, codebook and tables: a component for each, its files below it with their SHA-256."""
    for place, (what, kind, licence) in DATA.items():
        files = [
            path
            for path in sorted((root / PACKAGE / place).rglob("*"))
            if path.is_file() and path.suffix != ".pyc"
        ]
        whole = Component(
            name=f"saydo/{place}",
            type=kind,
            bom_ref=f"saydo/{place}",
            description=what,
            licenses=[DisjunctiveLicense(id=licence)],
        )
        for path in files:
            name = path.relative_to(root / "src").as_posix()
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            part = Component(
                name=name,
                type=ComponentType.FILE,
                bom_ref=name,
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content)],
            )
            whole.components.add(part)
        yield whole


def parts(root: Path = ROOT) -> Bom:
    """The whole list."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    purl = PackageURL("pypi", name="saydo", version=project["version"])
    saydo = Component(
        name="saydo",
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=str(purl),
        purl=purl,
        description=project["description"],
        licenses=[LicenseExpression(project["license"])],
    )
    found = [*libraries(root), *browser(root), *data(root), ENCODER]
    bom = Bom(components=found, metadata=BomMetaData(component=saydo))
    bom.register_dependency(saydo, found)
    bom.register_dependency(next(c for c in found if c.name == "saydo/reading/data"), [ENCODER])
    return bom


def written(root: Path = ROOT) -> str:
    """The list as JSON, the same for the same sources."""
    whole = json.loads(JsonV1Dot6(parts(root)).output_as_string())
    whole["metadata"].pop("timestamp", None)
    whole.pop("serialNumber", None)
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(whole, sort_keys=True))
    whole["serialNumber"] = f"urn:uuid:{number}"
    if "SOURCE_DATE_EPOCH" in os.environ:
        when = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
        whole["metadata"]["timestamp"] = when.isoformat()
    return json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the list of parts.")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "build" / "saydo.cdx.json")
    out = parser.parse_args().output
    out.parent.mkdir(parents=True, exist_ok=True)
    text = written()
    out.write_text(text, encoding="utf-8")
    print(f"{len(json.loads(text)['components'])} parts; {out}")


if __name__ == "__main__":
    main()
