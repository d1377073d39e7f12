"""Runs in the environment of followthemoney, and in no other: says what that library makes of entities.

Questions come as JSON lines, ``{"ask": NAME, "entities": [...]}``; each is answered by a line with ``answer``, a
value for each entity, or with ``error``. The first line it writes, before any question, says that it is there.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from followthemoney import model


def cleaned(entity: dict[str, Any]) -> dict[str, list[str]]:
    """The properties that are left when every value is cleaned and checked."""
    properties: dict[str, list[str]] = model.get_proxy(entity, cleaned=False).to_dict()["properties"]
    return properties


def sorts(entity: dict[str, Any]) -> dict[str, Any]:
    """``is``: its schema and all that this one extends; ``properties``: for each that it has, the schema to
    which it must lead, an empty word where it holds a value, or nothing where the schema knows no such property."""
    schema = model.get(entity["schema"])
    if schema is None:
        return {"is": [], "properties": {}}
    found: dict[str, str | None] = {}
    for name in entity["properties"]:
        prop = schema.get(name)
        if prop is None:
            found[name] = None
        elif prop.type.name == "entity":
            found[name] = prop.range.name if prop.range else None
        else:
            found[name] = ""
    return {"is": [each.name for each in schema.schemata], "properties": found}


QUESTIONS = {"cleaned": cleaned, "sorts": sorts}


def reply(line: str) -> dict[str, Any]:
    asked = json.loads(line)
    try:
        return {"answer": [QUESTIONS[asked["ask"]](entity) for entity in asked["entities"]]}
    except Exception as error:  # told to the test, which fails with it
        return {"error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    print(json.dumps({"answer": "ready"}), flush=True)
    for line in sys.stdin:
        print(json.dumps(reply(line)), flush=True)
