// <time data-clock="MILLISECONDS" data-offset="MINUTES EAST">: the server's clock, going on from when the page was made.

const MINUTE = 60_000;

/** Returns 07.30 for an instant at a place so many minutes east of Greenwich. */
export function clockText(milliseconds: number, offset: number): string {
  const local = new Date(milliseconds + offset * MINUTE);
  return two(local.getUTCHours()) + "." + two(local.getUTCMinutes());
}

function two(value: number): string {
  return value < 10 ? "0" + value : String(value);
}

export function startClocks(root: ParentNode = document): void {
  for (const element of Array.from(root.querySelectorAll<HTMLElement>("[data-clock]"))) start(element);
}

function start(element: HTMLElement): void {
  const ahead = Number(element.dataset["clock"]) - Date.now();
  const offset = Number(element.dataset["offset"]);
  const shown = element.querySelector("[data-clock-text]") ?? element;
  const tick = (): void => {
    if (!element.isConnected) return;
    const now = Date.now() + ahead;
    shown.textContent = clockText(now, offset);
    window.setTimeout(tick, MINUTE - (now % MINUTE) + 20);
  };
  tick();
}
