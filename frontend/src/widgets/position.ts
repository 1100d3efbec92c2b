// <button data-position-into="ID" hidden> shows itself where the browser knows positions, and writes the present one
// into the input with that id, as "latitude, longitude" in degrees.

const DIGITS = 7;

export function startPositionButtons(root: ParentNode = document): void {
  if (!("geolocation" in navigator)) return;
  for (const button of Array.from(root.querySelectorAll<HTMLButtonElement>("[data-position-into]"))) {
    const input = document.getElementById(button.dataset["positionInto"] ?? "");
    if (!(input instanceof HTMLInputElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => fill(button, input));
  }
}

function fill(button: HTMLButtonElement, input: HTMLInputElement): void {
  button.disabled = true;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      input.value = coords.latitude.toFixed(DIGITS) + ", " + coords.longitude.toFixed(DIGITS);
      button.disabled = false;
      input.focus();
    },
    () => {
      button.hidden = true; // refused or unknown: the field is filled by hand, as its hint says
      input.focus();
    },
    { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
  );
}
