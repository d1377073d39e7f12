import { expect, test } from "vitest";
import type { Country } from "./areas";
import { flatMap, frame, type Place } from "./flatmap";

const place = (changes: Partial<Place>): Place => ({ lat: 47, lon: 52, name: "Atyrau", what: "2 assault", total: 2, area: false, link: "/tables?q=Atyrau", ...changes });
const land: Country = { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [[[50, 45], [54, 45], [54, 49], [50, 45]]] } };

test("the window holds every place with some land around it, and the world where there is none", () => {
  expect(frame([{ lat: 47, lon: 52 }, { lat: 40, lon: 60 }])).toEqual([48, -51, 16, 15]);
  expect(frame([])).toEqual([-180, -85, 360, 170]);
  expect(frame([{ lat: 84, lon: 179 }])[0] + frame([{ lat: 84, lon: 179 }])[2]).toBe(180);
});

test("a country is an outline, a place a link that says what happened, and what is vague is never a disc", () => {
  const svg = flatMap(document, [place({}), place({ name: "Kazakhstan", area: true, total: 9 })], [land]);
  expect(svg.querySelector(".land")?.getAttribute("d")).toContain("M50.00 -45.00L54.00 -45.00");
  const links = [...svg.querySelectorAll("a")];
  expect(links.map((link) => link.getAttribute("aria-label"))).toEqual(["Kazakhstan: 2 assault", "Atyrau: 2 assault"]);
  expect(links[0]?.querySelector("circle")?.getAttribute("class")).toBe("area");
  expect(links[1]?.querySelector(".spot")?.getAttribute("cy")).toBe("-47");
});

test("a name with markup stays words", () => {
  const svg = flatMap(document, [place({ name: "<img src=x>" })], []);
  expect(svg.querySelector("img")).toBeNull();
  expect(svg.querySelector("title")?.textContent).toContain("<img src=x>");
});
