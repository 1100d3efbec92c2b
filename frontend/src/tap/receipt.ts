// The receipt on the screen: when, where, whether it counts and what to do if not, a short code and a QR code.

import { encode as encodeQr } from "uqr";
import { say } from "../messages";
import { clockText } from "../widgets/clock";
import type { Receipt } from "./gate";
import { distanceText } from "./place";
import type { Site } from "./store";

const SVG = "http://www.w3.org/2000/svg";

/** Returns the first 40 bits of a tap's identity, in two groups that can be read out over the telephone. */
export function shortCode(id: string): string {
  const code = id.slice(0, 10).toUpperCase();
  return code.slice(0, 5) + " " + code.slice(5);
}

export function placeText(receipt: Receipt, sites: Site[]): string {
  const site = sites.find(({ id }) => id === receipt.site);
  if (site === undefined || receipt.distance === null) return say("receipt.no_place");
  const distance = distanceText(receipt.distance, document.documentElement.lang);
  return say("receipt.place", { distance, site: site.name });
}

/** Takes back "it counts" on a day that promised no duty. */
export function showOffDuty(root: HTMLElement): void {
  const result = root.querySelector<HTMLElement>('[data-receipt="result"]');
  if (result !== null) result.textContent = say("receipt.off_duty");
}

/** Fills the elements under root that are marked data-receipt="PART". */
export function showReceipt(root: HTMLElement, receipt: Receipt, sites: Site[], offset: number): void {
  const put = (part: string, text: string): void => {
    const element = root.querySelector<HTMLElement>(`[data-receipt="${part}"]`);
    if (element === null) return;
    element.textContent = text;
    element.hidden = text === "";
  };
  put("time", clockText(receipt.at, offset));
  put("place", placeText(receipt, sites));
  put("result", say(receipt.counts ? "receipt.counts" : "receipt.stored"));
  put("reason", receipt.counts ? (receipt.noted ? say("receipt.noted") : "") : say("reason." + receipt.reason));
  put("way_out", receipt.way_out === null ? "" : say("way_out." + receipt.way_out));
  put("code", shortCode(receipt.id));
  root.classList.toggle("receipt--counts", receipt.counts);
  const mark = root.querySelector<HTMLElement>('[data-receipt="mark"]');
  if (mark !== null) {
    mark.className = "mark mark--" + (receipt.counts ? "present" : "pending");
    mark.textContent = receipt.counts ? "✓" : "!";
  }
  const qr = root.querySelector<HTMLElement>('[data-receipt="qr"]');
  if (qr !== null) drawQr(qr, receipt.receipt);
}

function drawQr(place: HTMLElement, text: string): void {
  const { data, size } = encodeQr(text, { ecc: "L", border: 2 });
  let path = "";
  data.forEach((row, y) => row.forEach((dark, x) => (path += dark ? `M${x} ${y}h1v1h-1z` : "")));
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", say("receipt.qr"));
  svg.setAttribute("shape-rendering", "crispEdges");
  const drawn = document.createElementNS(SVG, "path");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  while (place.firstChild !== null) place.removeChild(place.firstChild);
  place.append(svg);
}

/** Hands the receipt's words to the phone's share sheet, or to its clipboard; returns whether it was copied. */
export async function shareReceipt(receipt: Receipt, offset: number): Promise<boolean> {
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" } as object);
  const text = say("receipt.share", {
    time: clockText(receipt.at, offset),
    date: day.format(new Date(receipt.at + offset * 60_000)),
    code: shortCode(receipt.id),
  });
  if ("share" in navigator) {
    try {
      await navigator.share({ text });
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) throw error; // closed without sharing
    }
    return false;
  }
  await (navigator as Navigator).clipboard.writeText(text);
  return true;
}
