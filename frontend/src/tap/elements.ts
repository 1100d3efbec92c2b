// The parts of the tap page, found by data-part; docs/look.md lists them. A page without one of them is a fault.

export class Elements {
  constructor(readonly root: HTMLElement) {}

  part<T extends HTMLElement = HTMLElement>(name: string): T {
    const found = this.root.querySelector<T>(`[data-part="${name}"]`);
    if (found === null) throw new Error(`the tap page lacks data-part="${name}"`);
    return found;
  }

  /** Shows a sentence in a part; nothing to say hides it. */
  tell(name: string, sentence: string): void {
    const element = this.part(name);
    if (element.textContent !== sentence) element.textContent = sentence;
    element.hidden = sentence === "";
  }

  /** Puts a link behind the sentence of a part. */
  offer(name: string, url: string, words: string): void {
    const link = document.createElement("a");
    link.href = url;
    link.textContent = words;
    this.part(name).append(" ", link);
  }

  show(name: string, shown: boolean): void {
    this.part(name).hidden = !shown;
  }

  /** Returns a setting that the server wrote on the page. */
  setting(name: string): string {
    const value = this.root.dataset[name];
    if (value === undefined) throw new Error(`the tap page lacks data-${name}`);
    return value;
  }

  /** Returns minutes east of Greenwich of the place of work. */
  offset(): number {
    return Number(this.setting("offset"));
  }
}
