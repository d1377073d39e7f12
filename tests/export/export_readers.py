"""Each export format opened by a program that reads it: how many findings, entities or edges it finds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import ftm_asking
import geojson
import networkx as nx
import pandas as pd
import pyarrow.parquet as pq
import stix2
from lxml import etree
from lxml import html as lxml_html


def _csv(path: Path) -> int:
    return len(pd.read_csv(path))


def _tsv(path: Path) -> int:
    frame = pd.read_csv(path, sep="\t", parse_dates=["Event Date"])
    assert pd.api.types.is_datetime64_any_dtype(frame["Event Date"])
    assert pd.api.types.is_numeric_dtype(frame["Intensity"])
    return len(frame)


def _jsonl(path: Path) -> int:
    return len(pd.read_json(path, lines=True, dtype=False))


def _ftm(path: Path) -> int:
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for entity, cleaned in zip(found, ftm_asking.cleaned(found), strict=True):
        assert {k: sorted(v) for k, v in cleaned.items()} == {
            k: sorted(v) for k, v in entity["properties"].items()
        }
    return len(found)


def _stix(path: Path) -> int:
    return len(stix2.parse(path.read_text("utf-8"), allow_custom=False, version="2.1").objects)


def _geojson(path: Path) -> int:
    found = geojson.loads(path.read_text("utf-8"))
    assert found.is_valid
    return len(found["features"])


def _kml(path: Path) -> int:
    return len(list(etree.parse(str(path)).getroot().iter("{http://www.opengis.net/kml/2.2}Placemark")))


def _timeline(path: Path) -> int:
    return len(
        [e for e in json.loads(path.read_text("utf-8"))["events"] if e["start_date"]["year"] and e["text"]]
    )


def _annotations(path: Path) -> int:
    return len(json.loads(path.read_text("utf-8"))["first"]["items"])


READERS: dict[str, Callable[[Path], int]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": lambda path: pq.read_table(path).num_rows,
    "polecat": _tsv,
    "icews": _tsv,
    "acled": _csv,
    "ucdp": _csv,
    "geojson": _geojson,
    "kml": _kml,
    "timelinejs": _timeline,
    "webannotation": _annotations,
    "ftm": _ftm,
    "stix": _stix,
    "gexf": lambda path: nx.read_gexf(path).number_of_edges(),
    "html": lambda path: len(lxml_html.parse(str(path)).xpath("//h2")),
    "graphml": lambda path: nx.read_graphml(path).number_of_edges(),
}
