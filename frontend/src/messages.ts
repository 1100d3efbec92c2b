// Sentences are written once, on the server's side, where one catalogue holds every language; a page carries the ones
// its script may need in <script type="application/json" id="messages">. Data fills them as Python's "%(name)s" does.

export type Data = Record<string, string | number>;

let sentences: Record<string, string> | undefined;

/** Returns the sentence of a key in the page's language, filled with data; a key the page lacks is shown as itself. */
export function say(key: string, data: Data = {}): string {
  if (sentences === undefined) sentences = read();
  return fill(sentences[key] ?? key, data);
}

/** Returns whether the page has a sentence for this key. */
export function knows(key: string): boolean {
  if (sentences === undefined) sentences = read();
  return key in sentences;
}

export function fill(sentence: string, data: Data): string {
  return sentence.replace(/%\((\w+)\)[sd]/g, (whole, name: string) => String(data[name] ?? whole)).replace(/%%/g, "%");
}

function read(): Record<string, string> {
  const element = document.getElementById("messages");
  return element === null ? {} : (JSON.parse(element.textContent ?? "{}") as Record<string, string>);
}
