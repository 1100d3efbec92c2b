import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromBase64url, fromHex, sha256, toBase64url, toHex, type Bytes } from "../src/tap/bytes";
import { encode, fitNote, frame, type Tap } from "../src/tap/canonical";

interface Vector {
  name: string;
  fields: Record<string, number | null> & { selfie: string | null; nonce: string; salt: string; note: string };
  canonical: string;
  id: string;
  signature: string;
}

const vectors = JSON.parse(readFileSync(new URL("../../tests/kernel/tap_vectors.json", import.meta.url), "utf8")) as {
  phone_key: string;
  taps: Vector[];
};

function tapOf({ fields }: Vector): Tap {
  const { latitude, longitude, accuracy, age } = fields as Record<string, number | null>;
  const at = latitude == null || longitude == null ? null : { latitude, longitude };
  return {
    government: fields["government"] ?? 0,
    person: fields["person"] ?? 0,
    at: fields["at"] ?? 0,
    position: at && { ...at, accuracy: accuracy ?? null, age: age ?? null },
    kind: fields["kind"] ?? 0,
    mark: fields["mark"] ?? 0,
    selfie: fields.selfie === null ? null : fromHex(fields.selfie),
    nonce: fromHex(fields.nonce),
    salt: fromHex(fields.salt),
    note: fields.note,
  };
}

test.each(vectors.taps)("writes the bytes and the identity that the gate expects: $name", async (vector) => {
  const canonical = encode(tapOf(vector));
  expect(toHex(canonical)).toBe(vector.canonical);
  expect(toHex(await sha256(canonical))).toBe(vector.id);
});

test.each(vectors.taps)("signs as the gate verifies: $name", async (vector) => {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("raw", fromHex(vectors.phone_key), algorithm, true, ["verify"]);
  const signed = { name: "ECDSA", hash: "SHA-256" };
  const canonical = encode(tapOf(vector));
  expect(await crypto.subtle.verify(signed, key, fromHex(vector.signature), canonical)).toBe(true);
  const altered: Bytes = Uint8Array.from(canonical);
  altered[20] = (altered[20] ?? 0) ^ 1;
  expect(await crypto.subtle.verify(signed, key, fromHex(vector.signature), altered)).toBe(false);
});

test("frames the bytes with their length before and the signature after", () => {
  const framed = frame(new Uint8Array(258).fill(7), new Uint8Array(64).fill(9));
  expect([framed[0], framed[1], framed.length]).toEqual([1, 2, 2 + 258 + 64]);
  expect(framed[framed.length - 64]).toBe(9);
});

test("cuts a note between characters where 500 bytes end", () => {
  expect(new TextEncoder().encode(fitNote("✓".repeat(200))).length).toBe(498);
  expect(fitNote("  apel\0 pagi ")).toBe("apel pagi");
});

test("refuses a number that the phone cannot hold exactly", () => {
  const [vector] = vectors.taps;
  if (vector === undefined) throw new Error("no vectors");
  expect(() => encode({ ...tapOf(vector), person: 2 ** 53 })).toThrow(RangeError);
});

test("base64url goes there and back without padding", () => {
  const bytes = Uint8Array.from([251, 255, 0, 62]);
  expect(toBase64url(bytes)).toBe("-_8APg");
  expect(fromBase64url("-_8APg")).toEqual(bytes);
});
