// Every page: what works without it works better with it.

import { startClocks } from "../widgets/clock";
import { startDialogs } from "../widgets/dialog";
import { startNavigation } from "../widgets/navigation";
import { startNetworkBanner } from "../widgets/network";
import { startPositionButtons } from "../widgets/position";
import { startTables } from "../widgets/table";

startClocks();
startDialogs();
startNavigation();
startNetworkBanner();
startPositionButtons();
startTables();

for (const button of Array.from(document.querySelectorAll("[data-print]"))) {
  button.addEventListener("click", () => window.print());
}
for (const toast of Array.from(document.querySelectorAll(".toast"))) {
  toast.querySelector("[data-dismiss]")?.addEventListener("click", () => toast.remove());
}
