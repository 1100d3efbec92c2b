// <table data-sortable> with <th data-sort="text|number">: a press on the head sorts; a cell's data-value goes before
// its text. <input data-filter="TABLE ID"> shows only the rows that hold every word typed.

export function startTables(root: ParentNode = document): void {
  for (const table of Array.from(root.querySelectorAll<HTMLTableElement>("table[data-sortable]"))) sortable(table);
  for (const input of Array.from(root.querySelectorAll<HTMLInputElement>("input[data-filter]"))) filtered(input);
}

function sortable(table: HTMLTableElement): void {
  for (const head of Array.from(table.querySelectorAll<HTMLTableCellElement>("thead th[data-sort]"))) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "table__sort";
    button.append(...Array.from(head.childNodes));
    head.append(button);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      for (const other of Array.from(table.querySelectorAll("thead th[aria-sort]"))) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sortRows(table, head.cellIndex, head.dataset["sort"] === "number", descending);
    });
  }
}

function sortRows(table: HTMLTableElement, column: number, numeric: boolean, descending: boolean): void {
  const body = table.tBodies[0];
  if (body === undefined) return;
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const order = (a: string, b: string): number => (numeric ? Number(a) - Number(b) : collator.compare(a, b));
  const rows = Array.from(body.rows).map((row) => ({ row, value: valueOf(row.cells[column]) }));
  rows.sort((a, b) => (descending ? -1 : 1) * order(a.value, b.value));
  body.append(...rows.map(({ row }) => row));
}

function valueOf(cell: HTMLTableCellElement | undefined): string {
  return cell?.dataset["value"] ?? cell?.textContent?.trim() ?? "";
}

function filtered(input: HTMLInputElement): void {
  const apply = (): void => {
    const table = document.getElementById(input.dataset["filter"] ?? "");
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of Array.from(table?.querySelectorAll<HTMLTableRowElement>("tbody tr") ?? [])) {
      const text = (row.textContent ?? "").toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
  };
  input.addEventListener("input", apply);
  input.addEventListener("hadir:refreshed", apply);
  apply();
}

/** What the reader had sorted and typed, so that a refreshed table can be put in the same order. */
export function sortedBy(root: ParentNode): [table: string, column: number, descending: boolean][] {
  return Array.from(root.querySelectorAll<HTMLTableCellElement>("table[id] th[aria-sort]")).map((head) => [
    head.closest("table")?.id ?? "",
    head.cellIndex,
    head.getAttribute("aria-sort") === "descending",
  ]);
}

export function sortAgain(sorted: [table: string, column: number, descending: boolean][]): void {
  for (const [id, column, descending] of sorted) {
    const head = (document.getElementById(id) as HTMLTableElement | null)?.tHead?.rows[0]?.cells[column];
    const button = head?.querySelector<HTMLButtonElement>(".table__sort");
    button?.click();
    if (descending) button?.click();
  }
}
