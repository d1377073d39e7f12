"""An index of a GeoNames dump: what is taken, what is left out, and what becomes of lines that are none."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saydo.linking.gazetteer import Gazetteer, built_in
from saydo.linking.gazetteer_dump import FIRST_ID, Built, build
from saydo.model.errors import InputError


def line(
    number: int, name: str, kind: str = "P.PPL", *, at: tuple[float, float] = (-1.5, 36.5), area: str = "05",
    others: str = "", people: int = 0, ascii_name: str = "",
) -> str:  # fmt: skip
    """A line of a dump, as GeoNames writes it; everything in it is invented."""
    group, code = kind.split(".")
    cells = [
        str(number),
        name,
        ascii_name or name,
        others,
        str(at[0]),
        str(at[1]),
        group,
        code,
        "KE",
        "",
        area,
    ]
    return "\t".join([*cells, "", "", "", str(people), "", "900", "Africa/Nairobi", "2020-02-02"])


def indexed(tmp_path: Path, *lines: str | bytes, archive: bool = False) -> tuple[Gazetteer, Built]:
    dump = tmp_path / "KE.txt"
    dump.write_bytes(b"".join((a.encode() if isinstance(a, str) else a) + b"\n" for a in lines))
    if archive:
        with zipfile.ZipFile(tmp_path / "KE.zip", "w") as packed:
            packed.write(dump, "KE.txt")
            packed.writestr("readme.txt", "x" * 10_000)
        dump = tmp_path / "KE.zip"
    connection = sqlite3.connect(":memory:")
    built = build(dump, connection, built_in(), lambda _lines, _bytes: None)
    return Gazetteer(connection), built


@pytest.mark.parametrize("archive", [False, True])
def test_a_village_is_found_under_all_its_names(tmp_path: Path, archive: bool) -> None:
    """Accents make no difference, other scripts are left out, and alternate names are not primary."""
    row = line(90000001, "Ndóvuwe", others="Ndovu Mbali,象村", people=120, ascii_name="Ndovuwe")
    found, built = indexed(tmp_path, row, archive=archive)
    (village,) = found.find("Ndovuwe")
    assert (village.id, village.kind, village.country) == (FIRST_ID + 90000001, "city", "KEN")
    assert (village.lat, village.lon, village.population, village.primary) == (-1.5, 36.5, 120, True)
    assert [c.primary for c in found.find("Ndovu Mbali")] == [False]
    assert (built.places, built.known, built.faulty) == (1, 0, 0)


def test_kinds_of_places(tmp_path: Path) -> None:
    """Areas, waters and land are taken with their kind; buildings, roads and what is no more are not."""
    kinds = {"A.ADM1": "admin1", "A.ADM3": "district", "H.STM": "water", "T.HLL": "region", "L.PRK": "region"}
    left_out = ["S.SCH", "R.RD", "P.PPLH", "A.ADM2H", "A.PCLI", "."]
    rows = [line(n, f"Tumbaro{n}", kind) for n, kind in enumerate([*kinds, *left_out], 90000100)]
    found, built = indexed(tmp_path, *rows)
    assert [c.kind for n in range(5) for c in found.find(f"Tumbaro{90000100 + n}")] == list(kinds.values())
    assert built.places == len(kinds)


def test_a_village_lies_in_the_area_that_the_dump_or_the_known_towns_tell(tmp_path: Path) -> None:
    """An area goes by its built-in name where a known town lies in it, else by the dump's own."""
    town = next(c for c in built_in().find("Eldoret") if c.geonames_id and c.admin1)
    rows = [
        line(town.geonames_id or 0, "Eldoret", area="77"),
        line(90000201, "Sirikwet", area="77"),
        line(90000202, "Mawe Mbili", "A.ADM1", area="88"),
        line(90000203, "Kitulo Kidogo", area="88"),
        line(90000204, "Mahali Popote", area="99"),
    ]
    found, built = indexed(tmp_path, *rows)
    assert [found.find(name)[0].admin1 for name in ("Sirikwet", "Kitulo Kidogo", "Mahali Popote")] == [
        town.admin1, "Mawe Mbili", "",
    ]  # fmt: skip
    assert built.known == 1
    assert found.find("Eldoret") == ()


def test_lines_that_are_none_are_told_by_number_and_skipped(tmp_path: Path) -> None:
    """Each with what is wrong with it; the lines around them are taken."""
    rows: list[str | bytes] = [
        line(90000301, "Kwanza"),
        "geonameid\tname",
        line(90000302, "Mbali", at=(-91.0, 36.0)),
        line(90000303, "Pili").replace("36.5", "east"),
        line(90000304, "Tatu").replace("90000304", "no-id"),
        b"\xff\xfe broken",
        line(90000305, "Mwisho"),
    ]
    found, built = indexed(tmp_path, *rows)
    assert found.find("Kwanza") and found.find("Mwisho")
    assert built.faulty == 5
    assert [fault.line for fault in built.faults] == [2, 3, 4, 5, 6]
    wrong = ("columns", "not on the earth", "no number", "no number", "UTF-8")
    assert all(word in fault.reason for word, fault in zip(wrong, built.faults, strict=True))


@given(st.binary(max_size=300))
def test_no_bytes_break_it(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    """Whatever stands between two good lines, both are taken or the junk ran into one of them."""
    good = line(90000401, "Kwanza"), line(90000402, "Mwisho")
    found, built = indexed(tmp_path_factory.mktemp("junk"), good[0], junk, good[1])
    assert found.find("Kwanza")
    assert found.find("Mwisho")
    assert built.faulty <= junk.count(b"\n") + 1


def test_a_file_without_places_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 1: has 1 columns, not 19"):
        indexed(tmp_path, "name;lat;lon")
    with pytest.raises(InputError, match="no place in it"):
        indexed(tmp_path, "")
