// On a phone the navigation is one row that scrolls: the page that is open must not lie beyond its end.

export function startNavigation(): void {
  const current = document.querySelector<HTMLElement>('.navigation__link[aria-current="page"]');
  const list = document.querySelector<HTMLElement>(".navigation__list");
  if (!current || !list) {
    return;
  }
  const item = current.parentElement ?? current;
  list.scrollLeft = item.offsetLeft - (list.clientWidth - item.clientWidth) / 2;
}
