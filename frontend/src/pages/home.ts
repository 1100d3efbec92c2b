// The first page: how far the phone is from the place of work, told once somebody asks for it and not before.

import { Elements } from "../tap/elements";
import { PlaceGuide } from "../tap/guide";
import type { Site } from "../tap/store";

const UNITS = 1e7; // of a degree, as the server keeps them

function startDistance(elements: Elements): void {
  const check = elements.part<HTMLButtonElement>("check");
  const sites = (JSON.parse(elements.setting("sites")) as Site[]).map((site) => ({
    ...site,
    latitude: site.latitude / UNITS,
    longitude: site.longitude / UNITS,
  }));
  check.hidden = false;
  check.addEventListener("click", () => {
    check.hidden = true;
    elements.show("told", true);
    const guide = new PlaceGuide(elements, () => undefined);
    guide.among(sites);
    guide.start();
  });
}

const root = document.querySelector<HTMLElement>("[data-distance]");
if (root !== null) startDistance(new Elements(root));
