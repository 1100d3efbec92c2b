// <div data-offline hidden>: shown while the phone itself says that it has no network.

export function startNetworkBanner(): void {
  const show = (): void => {
    for (const banner of Array.from(document.querySelectorAll<HTMLElement>("[data-offline]"))) {
      banner.hidden = navigator.onLine;
    }
  };
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
}
