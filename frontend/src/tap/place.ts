// Where the phone is, as a guide for the person; the gate alone judges whether it counts.

import type { Position } from "./canonical";
import type { Site } from "./store";

const EARTH = 6_371_008.8; // mean radius, metres
const FAIR = 100; // the accuracy that is given to a person at most, metres
const DAY = 86_400;

export type PlaceProblem = "denied" | "unavailable" | "timeout" | "none";

export interface Nearest {
  site: Site;
  distance: number;
  beyond: number; // metres to go until it would count, 0 inside
}

export function metresBetween(a: GeolocationCoordinates, b: Site): number {
  const rad = Math.PI / 180;
  const north = Math.sin(((b.latitude - a.latitude) * rad) / 2);
  const east = Math.sin(((b.longitude - a.longitude) * rad) / 2);
  const chord = north * north + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * east * east;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Returns the site that lacks the fewest metres, undefined where taps count anywhere. */
export function nearest(at: GeolocationCoordinates, sites: Site[]): Nearest | undefined {
  const judged = sites.map((site) => {
    const distance = metresBetween(at, site);
    return { site, distance, beyond: Math.max(0, distance - site.radius - Math.min(at.accuracy, FAIR)) };
  });
  judged.sort((a, b) => a.beyond - b.beyond || a.distance - b.distance);
  return judged[0];
}

/** Returns the position in the units of a tap. */
export function tapPosition(fix: GeolocationPosition, now: number): Position {
  const age = Math.max(0, Math.floor((now - fix.timestamp) / 1000));
  return {
    latitude: Math.round(fix.coords.latitude * 1e7),
    longitude: Math.round(fix.coords.longitude * 1e7),
    accuracy: Math.min(0xfffe, Math.ceil(fix.coords.accuracy)),
    age: age < DAY / 2 ? age : null, // some phones count their fixes from another year
  };
}

export function distanceText(metres: number, language: string): string {
  const whole = Math.round(metres);
  if (whole < 1000) return `${whole}\u00a0m`;
  const mark = language === "id" ? "," : ".";
  return `${Math.floor(whole / 1000)}${mark}${Math.floor((whole % 1000) / 100)}\u00a0km`;
}

/** Follows the position until stopped; tells each fix and each trouble. */
export function followPosition(
  onFix: (fix: GeolocationPosition) => void,
  onProblem: (problem: PlaceProblem) => void,
): () => void {
  if (!("geolocation" in navigator)) {
    onProblem("none");
    return () => undefined;
  }
  const problems: Record<number, PlaceProblem> = { 1: "denied", 2: "unavailable", 3: "timeout" };
  const watch = navigator.geolocation.watchPosition(
    onFix,
    (error) => onProblem(problems[error.code] ?? "unavailable"),
    {
      enableHighAccuracy: true,
      maximumAge: 0,
      timeout: 20_000,
    },
  );
  return () => navigator.geolocation.clearWatch(watch);
}
