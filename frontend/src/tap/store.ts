// What the phone keeps: its key, the pass, taps that the server has not acknowledged whole, and receipts.

import { openDB, type DBSchema, type IDBPDatabase } from "idb";

export interface KeptTap {
  id: string; // identity, hex
  person: number;
  at: number;
  canonical: ArrayBuffer;
  signature: ArrayBuffer;
  selfie: ArrayBuffer | null;
  receipt: string | null; // present once the tap is durable and only the selfie is still owed
  refused: string | null; // the gate's word that these bytes will never be taken
}

export interface KeptPass {
  pass: string;
  expires_ms: number;
  fetched_ms: number;
  government: number;
  person: number;
  sites: Site[];
}

export interface Site {
  id: number;
  name: string;
  latitude: number; // degrees
  longitude: number;
  radius: number; // metres
}

export interface KeptReceipt {
  id: string;
  person: number;
  at: number;
  counts: boolean;
  reason: string;
  receipt: string;
}

interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKeyPair };
  passes: { key: number; value: KeptPass };
  taps: { key: string; value: KeptTap; indexes: { at: number } };
  receipts: { key: string; value: KeptReceipt; indexes: { at: number } };
}

const RECEIPTS_KEPT = 400;

let opened: Promise<IDBPDatabase<Schema>> | undefined;

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>("hadir", 1, {
    upgrade(made) {
      made.createObjectStore("keys");
      made.createObjectStore("passes", { keyPath: "person" });
      made.createObjectStore("taps", { keyPath: "id" }).createIndex("at", "at");
      made.createObjectStore("receipts", { keyPath: "id" }).createIndex("at", "at");
    },
  });
  return opened;
}

/** Returns this phone's key pair, made at the first call; two pages that make one at once agree on the first kept. */
export async function phoneKey(): Promise<CryptoKeyPair> {
  const store = await database();
  const kept = await store.get("keys", "phone");
  if (kept !== undefined) return kept;
  const made = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const writing = store.transaction("keys", "readwrite");
  const earlier = await writing.store.get("phone");
  if (earlier === undefined) await writing.store.put(made, "phone");
  await writing.done;
  return earlier ?? made;
}

export async function keptPass(person: number): Promise<KeptPass | undefined> {
  return (await database()).get("passes", person);
}

export async function keepPass(pass: KeptPass): Promise<void> {
  await (await database()).put("passes", pass);
}

export async function keepTap(tap: KeptTap): Promise<void> {
  await (await database()).put("taps", tap);
}

export async function keptTaps(): Promise<KeptTap[]> {
  return (await database()).getAllFromIndex("taps", "at");
}

export async function dropTap(id: string): Promise<void> {
  await (await database()).delete("taps", id);
}

/** Keeps a receipt and lets the oldest go beyond what a year of work leaves. */
export async function keepReceipt(receipt: KeptReceipt): Promise<void> {
  const writing = (await database()).transaction("receipts", "readwrite");
  await writing.store.put(receipt);
  let surplus = (await writing.store.count()) - RECEIPTS_KEPT;
  let oldest = surplus > 0 ? await writing.store.index("at").openCursor() : null;
  while (oldest !== null && surplus > 0) {
    await oldest.delete();
    surplus -= 1;
    oldest = await oldest.continue();
  }
  await writing.done;
}
