// One press: the picture, its hash, the canonical bytes, the signature.

import { bytesOf, sha256, toHex, type Bytes } from "./bytes";
import { encode, fitNote, type Position } from "./canonical";
import { phoneKey, type KeptPass, type KeptTap } from "./store";

export interface Pressed {
  at: number;
  position: Position | null;
  photo: Blob;
  note: string;
  kind: number;
  mark: number;
  nonce: Bytes;
}

export async function signTap(pressed: Pressed, pass: KeptPass): Promise<KeptTap> {
  const photo = await bytesOf(pressed.photo);
  const canonical = encode({
    government: pass.government,
    person: pass.person,
    at: pressed.at,
    position: pressed.position,
    kind: pressed.kind,
    mark: pressed.mark,
    selfie: await sha256(photo),
    nonce: pressed.nonce,
    salt: crypto.getRandomValues(new Uint8Array(16)),
    note: fitNote(pressed.note),
  });
  const { privateKey } = await phoneKey();
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, canonical);
  return {
    id: toHex(await sha256(canonical)),
    person: pass.person,
    at: pressed.at,
    canonical: canonical.buffer,
    signature,
    selfie: photo.buffer,
    receipt: null,
    refused: null,
  };
}
