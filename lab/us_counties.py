"""Computes the centres of the counties of the United States for ``src/saydo/linking/data/us_counties.tsv``.

A county's centre is the mean position of the post code areas in it (package ``zipcodes``, MIT); names and
states come with them. Run: ``python -m lab.us_counties > FILE``.
"""

from __future__ import annotations

from collections import defaultdict


def main() -> None:
    """Print one line a county: state code, name, latitude, longitude."""
    import zipcodes

    places: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in zipcodes.list_all():
        if row["county"] and row["lat"] and row["long"] and row["country"] == "US":
            places[row["state"], row["county"]].append((float(row["lat"]), float(row["long"])))
    print(
        "# state\tcounty\tlat\tlon: means over the post code areas of the county; made by lab/us_counties.py"
    )
    for (state, county), points in sorted(places.items()):
        lat = sum(p[0] for p in points) / len(points)
        lon = sum(p[1] for p in points) / len(points)
        print(f"{state}\t{county}\t{lat:.2f}\t{lon:.2f}")


if __name__ == "__main__":
    main()
