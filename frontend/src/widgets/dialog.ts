// <button data-dialog="ID"> opens <dialog id="ID">; a form in it with method="dialog" closes it.
// A browser without <dialog> (iPhone before 15.4) asks the question of its heading and submits the dialog's form.

export function startDialogs(root: ParentNode = document): void {
  for (const opener of Array.from(root.querySelectorAll<HTMLElement>("[data-dialog]"))) {
    opener.addEventListener("click", () => {
      const dialog = document.getElementById(opener.dataset["dialog"] ?? "");
      if (dialog !== null) open(dialog);
    });
  }
  for (const closer of Array.from(root.querySelectorAll<HTMLElement>("dialog [data-close]"))) {
    closer.addEventListener("click", () => closer.closest("dialog")?.close());
  }
}

function open(dialog: HTMLElement): void {
  if ("showModal" in dialog) {
    (dialog as HTMLDialogElement).showModal();
    return;
  }
  const form = dialog.querySelector<HTMLFormElement>("form:not([method=dialog])");
  const question = dialog.querySelector("h2")?.textContent ?? "";
  if (form !== null && window.confirm(question.trim())) form.submit();
}
