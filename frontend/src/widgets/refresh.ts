// <section data-refresh="URL" data-every="SECONDS">: replaced by what the URL answers, while the page is looked at.
// A failed try leaves the last figures and shows the nearest [data-stale] until one succeeds.

import { startClocks } from "./clock";
import { sortAgain, sortedBy, startTables } from "./table";

export function startRefreshing(root: ParentNode = document): void {
  for (const element of Array.from(root.querySelectorAll<HTMLElement>("[data-refresh]"))) keepFresh(element);
}

function keepFresh(element: HTMLElement): void {
  const every = Number(element.dataset["every"]) * 1000;
  let timer = 0;
  const plan = (): void => {
    window.clearTimeout(timer);
    if (!document.hidden) timer = window.setTimeout(() => void turn(), every);
  };
  const turn = async (): Promise<void> => {
    showStale(!(await refresh(element)));
    plan();
  };
  document.addEventListener("visibilitychange", () => {
    window.clearTimeout(timer);
    if (!document.hidden) void turn();
  });
  plan();
}

async function refresh(element: HTMLElement): Promise<boolean> {
  try {
    const answer = await fetch(element.dataset["refresh"] ?? "", {
      credentials: "same-origin",
      headers: { "X-Fragment": "1" },
    });
    // A sign-in page that a redirect led to is no board.
    if (!answer.ok || answer.redirected) return false;
    replace(element, await answer.text());
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false; // no network
    throw error;
  }
}

function replace(element: HTMLElement, html: string): void {
  const sorted = sortedBy(element);
  const parsed = new DOMParser().parseFromString(html, "text/html");
  while (element.firstChild !== null) element.removeChild(element.firstChild);
  element.append(...Array.from(parsed.body.childNodes));
  startTables(element);
  startClocks(element);
  sortAgain(sorted);
  for (const input of Array.from(document.querySelectorAll("input[data-filter]"))) {
    input.dispatchEvent(new Event("hadir:refreshed"));
  }
}

function showStale(stale: boolean): void {
  for (const note of Array.from(document.querySelectorAll<HTMLElement>("[data-stale]"))) note.hidden = !stale;
}
