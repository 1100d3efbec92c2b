// The server's clock as this phone knows it, and the last nonce, which proves that a tap was not made before it.

import { fetchNonce, nonceBytes, type Addresses } from "./gate";
import type { Bytes } from "./bytes";

const FRESH = 2 * 60_000;
const WRONG = 2 * 60_000;

export class ServerTime {
  private ahead = 0;
  private nonce: Bytes = new Uint8Array(24);
  private asked = -Infinity;

  constructor(private readonly addresses: Addresses) {}

  /** Fetches a nonce unless the last one is fresh; without network the last one stays. */
  async refresh(always = false): Promise<void> {
    const sent = Date.now();
    if (!always && Math.abs(sent - this.asked) < FRESH) return;
    const outcome = await fetchNonce(this.addresses);
    if (outcome.kind !== "answer") return;
    // The answer was made between sending and receiving; half-way is wrong by at most half of that.
    this.ahead = outcome.answer.now - (sent + Date.now()) / 2;
    this.nonce = nonceBytes(outcome.answer.nonce);
    this.asked = sent;
  }

  /** Returns the server's Unix milliseconds, or the phone's own where the server never answered. */
  now(): number {
    return Math.round(Date.now() + this.ahead);
  }

  lastNonce(): Bytes {
    return this.nonce;
  }

  /** Returns by how many whole minutes the phone's clock is off, 0 when it is good enough. */
  minutesOff(): number {
    return Math.abs(this.ahead) < WRONG ? 0 : Math.round(Math.abs(this.ahead) / 60_000);
  }
}
