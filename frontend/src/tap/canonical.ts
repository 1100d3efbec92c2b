// The canonical bytes of a tap, HTP1: docs/tap-format.md is the law, tests/kernel/tap_vectors.json its examples.

import type { Bytes } from "./bytes";

export interface Position {
  latitude: number; // units of 1e-7 degree
  longitude: number;
  accuracy: number | null; // whole metres, rounded up
  age: number | null; // whole seconds
}

export interface Tap {
  government: number;
  person: number;
  at: number; // Unix milliseconds
  position: Position | null;
  kind: number;
  mark: number;
  selfie: Bytes | null; // SHA-256 of the photo that follows
  nonce: Bytes;
  salt: Bytes;
  note: string;
}

const HEAD = 112;
const NOTE_BYTES = 500;
const NONE_I32 = -0x80000000;
const NONE_U16 = 0xffff;

export function encode(tap: Tap): Bytes {
  const note = noteBytes(tap.note);
  const bytes = new Uint8Array(HEAD + note.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x48, 0x54, 0x50, 0x31]);
  view.setUint32(4, tap.government);
  setWhole64(view, 8, tap.person);
  setWhole64(view, 16, tap.at);
  view.setInt32(24, tap.position === null ? NONE_I32 : tap.position.latitude);
  view.setInt32(28, tap.position === null ? NONE_I32 : tap.position.longitude);
  view.setUint16(32, tap.position?.accuracy ?? NONE_U16);
  view.setUint16(34, tap.position?.age ?? NONE_U16);
  view.setUint8(36, tap.kind);
  view.setUint8(37, tap.mark);
  if (tap.selfie !== null) bytes.set(tap.selfie, 38);
  bytes.set(tap.nonce, 70);
  bytes.set(tap.salt, 94);
  view.setUint16(110, note.length);
  bytes.set(note, HEAD);
  return bytes;
}

/** Returns the tap and its signature as the gate takes them: length, canonical bytes, 64 bytes of signature. */
export function frame(canonical: Bytes, signature: Bytes): Bytes {
  const bytes = new Uint8Array(2 + canonical.length + signature.length);
  new DataView(bytes.buffer).setUint16(0, canonical.length);
  bytes.set(canonical, 2);
  bytes.set(signature, 2 + canonical.length);
  return bytes;
}

/** Returns the longest beginning of a note that fits, cut between characters, without NUL. */
export function fitNote(note: string): string {
  const characters = Array.from(note.replace(/\0/g, "").trim());
  while (new TextEncoder().encode(characters.join("")).length > NOTE_BYTES) characters.pop();
  return characters.join("");
}

function noteBytes(note: string): Bytes {
  const bytes = new Uint8Array(new TextEncoder().encode(note));
  if (bytes.length > NOTE_BYTES || note.includes("\0")) throw new RangeError("the note does not fit");
  return bytes;
}

/** Writes a whole number of at most 2^53 - 1 in eight bytes; BigInt is younger than the phones we promise. */
function setWhole64(view: DataView, offset: number, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no whole number`);
  view.setUint32(offset, Math.floor(value / 2 ** 32));
  view.setUint32(offset + 4, value % 2 ** 32);
}
