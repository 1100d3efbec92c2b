import { expect, test } from "vitest";
import { distanceText, metresBetween, nearest, tapPosition } from "../src/tap/place";
import type { Site } from "../src/tap/store";

const office: Site = { id: 1, name: "Kantor", latitude: -6.2, longitude: 106.8, radius: 100 };
const school: Site = { id: 2, name: "Sekolah", latitude: -6.21, longitude: 106.8, radius: 100 };

function at(latitude: number, longitude: number, accuracy: number): GeolocationCoordinates {
  return { latitude, longitude, accuracy } as GeolocationCoordinates;
}

test("a hundredth of a degree of latitude is 1,112 m", () => {
  expect(Math.round(metresBetween(at(-6.2, 106.8, 5), school))).toBe(1112);
});

test("the nearest site is the one with the fewest metres to go", () => {
  const best = nearest(at(-6.2085, 106.8, 5), [office, school]);
  expect(best?.site.name).toBe("Sekolah");
  expect(Math.round(best?.beyond ?? 0)).toBe(62);
});

test("accuracy is given to the person, at most 100 m of it", () => {
  expect(nearest(at(-6.2015, 106.8, 80), [office])?.beyond).toBe(0);
  expect(nearest(at(-6.2085, 106.8, 2000), [office])?.beyond).toBeGreaterThan(700);
});

test("where taps count anywhere there is no nearest site", () => {
  expect(nearest(at(-6.2, 106.8, 5), [])).toBeUndefined();
});

test("a position is written in whole units, its accuracy never better than it was", () => {
  const fix = { coords: at(-6.20876344, 106.845599, 12.1), timestamp: 1_000_000 } as GeolocationPosition;
  expect(tapPosition(fix, 1_003_900)).toEqual({ latitude: -62087634, longitude: 1068455990, accuracy: 13, age: 3 });
});

test("a fix from another year has an unknown age", () => {
  const fix = { coords: at(0, 0, 5), timestamp: 0 } as GeolocationPosition;
  expect(tapPosition(fix, 1_785_716_999_000).age).toBeNull();
});

test("distances read as people say them", () => {
  expect(distanceText(36.6, "id")).toBe("37\u00a0m");
  expect(distanceText(1580, "id")).toBe("1,5\u00a0km");
  expect(distanceText(1580, "en")).toBe("1.5\u00a0km");
});
