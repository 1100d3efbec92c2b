// The server as the tap page sees it: every call ends in an answer, never in a promise that hangs.

import { fromBase64url, toBase64url, type Bytes } from "./bytes";
import { frame } from "./canonical";
import { keepPass, keptPass, phoneKey, type KeptPass, type KeptTap, type Site } from "./store";

const PATIENCE = 15_000;

export interface Receipt {
  id: string;
  at: number;
  received: number;
  counts: boolean;
  reason: string;
  way_out: string | null;
  site: number | null;
  distance: number | null;
  noted: boolean;
  receipt: string;
}

/** What came of asking: an answer, a refusal with its code, or nothing because nobody could be reached. */
export type Outcome<T> =
  | { kind: "answer"; answer: T }
  | { kind: "refused"; status: number; code: string; sentence: string; wait: number }
  | { kind: "unreachable" };

export interface Addresses {
  gate: string;
  pass: string;
  today: string;
  csrf: string;
}

export function fetchNonce(addresses: Addresses): Promise<Outcome<{ nonce: string; now: number }>> {
  return ask(addresses.gate + "/nonce", { cache: "no-store" });
}

export function sendTap(addresses: Addresses, pass: string, tap: KeptTap): Promise<Outcome<Receipt>> {
  return ask(addresses.gate + "/tap", {
    method: "POST",
    headers: { Authorization: "Hadir " + pass, "Content-Type": "application/octet-stream" },
    body: frame(new Uint8Array(tap.canonical), new Uint8Array(tap.signature)),
  });
}

export function sendSelfie(
  addresses: Addresses,
  receipt: string,
  selfie: ArrayBuffer,
): Promise<Outcome<{ id: string }>> {
  return ask(addresses.gate + "/selfie", {
    method: "POST",
    headers: { "Hadir-Receipt": receipt, "Content-Type": "image/jpeg" },
    body: selfie,
  });
}

/** What today is judged so far; off: no duty was promised, so a tap is kept and counts for nothing. */
export interface Today {
  sentence: string;
  status: string;
  is_off: boolean;
}

export function fetchToday(addresses: Addresses): Promise<Outcome<Today>> {
  return ask(addresses.today, {
    credentials: "same-origin",
    headers: { Accept: "application/json" },
    cache: "no-store",
  });
}

interface IssuedPass {
  pass: string;
  expires_ms: number;
  government: number;
  person: number;
  sites: Site[];
}

/** Asks the web part for a pass bound to this phone's key and keeps it. */
export async function renewPass(addresses: Addresses): Promise<Outcome<KeptPass>> {
  const { publicKey } = await phoneKey();
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
  const outcome = await ask<IssuedPass>(addresses.pass, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": addresses.csrf },
    body: JSON.stringify({ public_key: toBase64url(point) }),
  });
  if (outcome.kind !== "answer") return outcome;
  const pass: KeptPass = { ...outcome.answer, fetched_ms: Date.now() };
  await keepPass(pass);
  return { kind: "answer", answer: pass };
}

/** Returns the pass of a person: the kept one while more than half of its life is left, else a new one; when nobody
 * answers, the kept one as long as it lasts. */
export async function passFor(addresses: Addresses, person: number): Promise<Outcome<KeptPass>> {
  const kept = await keptPass(person);
  const now = Date.now();
  if (kept !== undefined && now < (kept.fetched_ms + kept.expires_ms) / 2) return { kind: "answer", answer: kept };
  const renewed = await renewPass(addresses);
  if (renewed.kind === "unreachable" && kept !== undefined && now < kept.expires_ms) {
    return { kind: "answer", answer: kept };
  }
  return renewed;
}

export function nonceBytes(nonce: string): Bytes {
  return fromBase64url(nonce);
}

async function ask<T>(url: string, asked: RequestInit): Promise<Outcome<T>> {
  const patience = new AbortController();
  const timer = window.setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(url, { credentials: "omit", ...asked, signal: patience.signal });
    if (answer.ok && !answer.redirected) return { kind: "answer", answer: (await answer.json()) as T };
    return await refusalOf(answer);
  } catch (error) {
    // fetch throws a TypeError without network, an AbortError after our patience; an answer that is no JSON is a
    // proxy or a hotel's sign-in page speaking instead of the server.
    if (error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError) {
      return { kind: "unreachable" };
    }
    throw error;
  } finally {
    window.clearTimeout(timer);
  }
}

async function refusalOf(answer: Response): Promise<Outcome<never>> {
  const wait = Number(answer.headers.get("Retry-After")) * 1000 || 0;
  const isJson = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
  const said = isJson ? ((await answer.json()) as { code?: string; sentence?: string }) : {};
  const code = answer.redirected ? "sign_in" : (said.code ?? "other");
  return { kind: "refused", status: answer.status, code, sentence: said.sentence ?? "", wait };
}
