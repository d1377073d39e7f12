"""Events on maps and time lines, and words as annotations: each read as its standard demands."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import geojson
import jsonschema
import pytest
from export_case import Report, build_case
from lxml import etree

from saydo.export.annotations import AROUND
from saydo.export.findings import Part
from saydo.export.placed import NO_POINT
from saydo.export.tables import FORMATS, write
from saydo.export.timeline import NO_TIME
from saydo.export.told_events import happened, told_events
from saydo.export.words import QUAD
from saydo.model.case import CaseView

VIEW = build_case()
HOSTILE = "<script>alert(\"x\")</script> & 'q' \x07\ud800 ]]>"

RFC_7946 = {
    "type": "object",
    "required": ["type", "features"],
    "not": {
        "anyOf": [
            {"required": [name]} for name in ("coordinates", "geometries", "geometry", "properties", "crs")
        ]
    },
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": ["string", "number"]},
                    "properties": {"type": ["object", "null"]},
                    "geometry": {
                        "type": "object",
                        "required": ["type", "coordinates"],
                        "properties": {
                            "type": {"const": "Point"},
                            "coordinates": {
                                "type": "array",
                                "prefixItems": [
                                    {"type": "number", "minimum": -180, "maximum": 180},
                                    {"type": "number", "minimum": -90, "maximum": 90},
                                ],
                                "minItems": 2,
                                "maxItems": 3,
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What RFC 7946 demands of a collection of points."""

KML = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.opengis.net/kml/2.2"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="kml"><element name="Document">
    <element name="name"><text/></element>
    <zeroOrMore><element name="Style"><attribute name="id"><data type="ID"/></attribute>
      <element name="IconStyle"><element name="color">
        <data type="string"><param name="pattern">[0-9a-f]{8}</param></data></element></element>
    </element></zeroOrMore>
    <zeroOrMore><element name="Placemark">
      <element name="name"><text/></element>
      <element name="description"><text/></element>
      <optional><choice>
        <element name="TimeStamp"><element name="when"><ref name="day"/></element></element>
        <element name="TimeSpan">
          <optional><element name="begin"><ref name="day"/></element></optional>
          <optional><element name="end"><ref name="day"/></element></optional>
        </element>
      </choice></optional>
      <element name="styleUrl"><data type="anyURI"/></element>
      <element name="ExtendedData"><zeroOrMore><element name="Data">
        <attribute name="name"/><element name="value"><text/></element></element></zeroOrMore></element>
      <element name="Point"><element name="coordinates">
        <data type="string"><param name="pattern">-?[0-9.]+,-?[0-9.]+</param></data></element></element>
    </element></zeroOrMore>
  </element></element></start>
  <define name="day"><choice><data type="date"/><data type="gYearMonth"/><data type="gYear"/></choice></define>
</grammar>
"""
"""What KML 2.2 demands of what we write: the order of a placemark's parts, and the types of its values."""


def text_of(format: str, view: CaseView = VIEW, part: Part = "events") -> str:
    return "".join(map(str, FORMATS[format].chunks(view, part)))


def hostile() -> CaseView:
    report = Report("r&<1>", "x hit y at Aktau.", title=HOSTILE, publisher=HOSTILE, date="2020-02-30"[:7])
    place = report.place("Aktau", HOSTILE, 43.65, 51.1667, "KAZ")
    guards = report.mention("x", "RUS", "government")
    report.event("ASSAULT", "hit", ("2020-01-01", "2020-02-29"), actors=(guards,), place=place)
    view = build_case([report])
    return replace(view, actors=tuple(
        found._replace(actor=found.actor.model_copy(update={"name": HOSTILE})) for found in view.actors
    ))  # fmt: skip


# --- maps -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", [VIEW, hostile(), build_case([])], ids=["case", "hostile", "empty"])
def test_geojson_is_what_the_rfc_demands(view: CaseView) -> None:
    text = text_of("geojson", view)
    jsonschema.validate(json.loads(text), RFC_7946)
    assert geojson.loads(text).is_valid


def test_a_point_keeps_what_is_known_of_its_event() -> None:
    features = {feature["id"]: feature for feature in json.loads(text_of("geojson"))["features"]}
    shelled = features["breach:e0"]
    assert shelled["geometry"]["coordinates"] == [51.8833, 47.1167], "longitude first"
    told = shelled["properties"]
    assert (told["type"], told["killed_low"], told["killed_high"]) == ("ASSAULT", 3, 3)
    assert (told["actors"], told["said_by"]) == (["Reed Company"], "port staff")
    assert told["quote"].startswith("Fighters of the Reed Company shelled")


@pytest.mark.parametrize("view", [VIEW, hostile(), build_case([])], ids=["case", "hostile", "empty"])
def test_kml_is_what_the_standard_demands(view: CaseView) -> None:
    root = etree.fromstring(text_of("kml", view).encode())
    etree.RelaxNG(etree.fromstring(KML)).assertValid(root)
    styles = {f"#{style.get('id')}" for style in root.iter("{*}Style")}
    assert {url.text for url in root.iter("{*}styleUrl")} <= styles


def test_times_of_placemarks_are_spans_where_they_are_no_days() -> None:
    (span,) = etree.fromstring(text_of("kml", hostile()).encode()).iter("{*}TimeSpan")
    assert [part.text for part in span] == ["2020-01-01", "2020-02-29"]
    days = [when.text for when in etree.fromstring(text_of("kml").encode()).iter("{*}when")]
    assert "2019-05-09" in days


@pytest.mark.parametrize("format", ["geojson", "kml"])
def test_events_without_a_point_are_counted(format: str, tmp_path: Path) -> None:
    left = write(VIEW, None, format, tmp_path / "x").left
    real = list(happened(told_events(VIEW), Counter()))
    assert left[NO_POINT] == sum(told.place is None for told in real) > 0


# --- time line --------------------------------------------------------------------------------------


class Tags(HTMLParser):
    """The tags of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)


def slides(view: CaseView = VIEW) -> dict[str, dict[str, Any]]:
    return {slide["unique_id"]: slide for slide in json.loads(text_of("timelinejs", view))["events"]}


def test_a_slide_has_its_day_words_and_source() -> None:
    slide = slides()["breach:e0"]
    assert slide["start_date"] == {"year": 2019, "month": 5, "day": 9}
    assert "end_date" not in slide and "display_date" not in slide
    assert slide["text"]["headline"] == "assault (heavy-weapons): Reed Company"
    assert "Caspian Wire" in slide["text"]["text"] and "Asserted by port staff." in slide["text"]["text"]


def test_a_time_of_more_than_a_day_is_said_to_be_uncertain() -> None:
    paid = slides()["court:e0"]
    assert (paid["start_date"]["month"], paid["end_date"]["month"]) == (1, 12)
    assert paid["display_date"] == "some time in 2018"


@pytest.mark.parametrize(
    ("time", "shown"), [(("2018-03-05", None), "some time: since 5 March 2018"), ((None, "2018-03-05"), "some time: until 5 March 2018")]
)  # fmt: skip
def test_a_time_that_is_open_on_a_side_shows_the_side_that_is_known(
    time: tuple[str | None, str | None], shown: str
) -> None:
    report = Report("r", "They hit.", title=None, publisher=None, date=None)
    report.event("ASSAULT", "hit", time)  # type: ignore[arg-type]
    slide = slides(build_case([report]))["r:e0"]
    assert slide["start_date"] == {"year": 2018, "month": 3, "day": 5} and slide["display_date"] == shown


def test_nothing_of_a_report_becomes_markup_on_the_page() -> None:
    for slide in slides(hostile()).values():
        tags = Tags()
        tags.feed(slide["text"]["headline"] + slide["text"]["text"])
        assert tags.seen <= {"p", "a"}


def test_events_without_a_time_are_counted(tmp_path: Path) -> None:
    report = Report("r", "They hit.", title=None, publisher=None, date="2020-01-01")
    report.event("ASSAULT", "hit")
    assert write(build_case([report]), None, "timelinejs", tmp_path / "x").left == {NO_TIME: 1}


# --- annotations ------------------------------------------------------------------------------------

ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": {"type": "string", "format": "uri"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["classifying", "assessing"]},
        "body": {
            "type": "array",
            "items": {
                "required": ["type", "value"],
                "properties": {
                    "type": {"const": "TextualBody"},
                    "purpose": {"enum": ["describing", "tagging"]},
                },
            },
        },
        "target": {
            "anyOf": [
                {"$ref": "#/$defs/target"},
                {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/target"}},
            ]
        },
    },
    "$defs": {
        "target": {
            "type": "object",
            "required": ["source", "selector"],
            "properties": {"source": {"type": "string", "pattern": "^[a-z]+:[!-~]+$"}},
        }
    },
}
"""What the Web Annotation Data Model demands of ours."""
PARTS = FORMATS["webannotation"].tables


def annotations(part: Part, view: CaseView = VIEW) -> list[dict[str, Any]]:
    collection = json.loads(text_of("webannotation", view, part))
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], collection["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    return collection["first"]["items"]


def targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    target = annotation["target"]
    return target if isinstance(target, list) else [target]


@pytest.mark.parametrize("part", PARTS)
def test_annotations_are_what_the_data_model_demands(part: Part) -> None:
    found = annotations(part)
    for annotation in found:
        jsonschema.validate(annotation, ANNOTATION)
    assert len({annotation["id"] for annotation in found}) == len(found) > 0


@pytest.mark.parametrize("part", PARTS)
def test_both_selectors_find_the_same_exact_words(part: Part) -> None:
    texts = {f"urn:saydo:report:{document.id}": document.text for document in VIEW.documents}
    for annotation in annotations(part):
        for target in targets(annotation):
            by_quote, by_position = target["selector"]
            text = texts[target["source"]]
            start, end = by_position["start"], by_position["end"]
            assert text[start:end] == by_quote["exact"] != ""
            around = by_quote["prefix"] + by_quote["exact"] + by_quote["suffix"]
            assert text.count(around) == 1 and len(by_quote["prefix"]) <= AROUND


def test_every_finding_is_annotated_denied_ones_too() -> None:
    for part in ("events", "ties", "statements"):
        assert len(annotations(part)) == sum(len(getattr(record, part)) for record in VIEW.records)
    denied = next(a for a in annotations("ties") if "said not to be so" in a["body"][0]["value"])
    assert "negative" in {body["value"] for body in denied["body"]}


def test_a_discrepancy_is_an_annotation_of_all_its_words() -> None:
    found = annotations("discrepancies")
    assert len(found) == len(VIEW.discrepancies) and all(a["motivation"] == "assessing" for a in found)
    assert {target["source"].rsplit(":", 1)[1] for target in targets(found[0])} == {"pledge", "breach"}


# --- all --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["geojson", "kml", "timelinejs", "webannotation"])
def test_the_same_case_gives_the_same_bytes(format: str) -> None:
    assert text_of(format) == text_of(format, build_case())
    io.StringIO(text_of(format, hostile())).read().encode("utf-8", "backslashreplace")


def test_quads_have_the_colours_of_their_style() -> None:
    urls = [url.text for url in etree.fromstring(text_of("kml").encode()).iter("{*}styleUrl")]
    types = [f["properties"]["type"] for f in json.loads(text_of("geojson"))["features"]]
    assert urls == [f"#quad{QUAD[type]}" for type in types]
