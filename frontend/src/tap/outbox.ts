// Taps on their way. A tap is kept before it is first sent and let go only when the server holds it whole; the same
// bytes are repeated until then, which the gate answers with the same receipt.

import { renewPass, passFor, sendSelfie, sendTap, type Addresses, type Outcome, type Receipt } from "./gate";
import { dropTap, keepReceipt, keepTap, keptTaps, type KeptTap } from "./store";

const SOON = 4_000;
const LATEST = 60_000;
// The gate's refusals of these very bytes: repeating them cannot help.
const FINAL = ["too_large", "invalid_data", "unknown_address", "wrong_method"];

export interface Listener {
  received(tap: KeptTap, receipt: Receipt): void;
  selfie(tap: KeptTap, outcome: "sent" | "waiting" | "failed"): void;
  held(tap: KeptTap, code: string, status: number): void;
  waiting(counts: Waiting): void;
  /** The phone itself failed; what was kept stays kept and is tried again. */
  broken(): void;
}

/** How many taps the phone still holds: unsent, sent without their selfie, refused for good, and of other people. */
export interface Waiting {
  taps: number;
  selfies: number;
  refused: number;
  others: number;
}

export class Outbox {
  private timer = 0;
  private pause = SOON;
  private running: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly addresses: Addresses,
    private readonly person: number,
    private readonly listener: Listener,
  ) {}

  /** Keeps a tap durably in the phone, then starts sending. */
  async add(tap: KeptTap): Promise<void> {
    await keepTap(tap);
    await this.report();
    void this.send();
  }

  /** Sends what waits, now; one round at a time. */
  send(): Promise<void> {
    window.clearTimeout(this.timer);
    if (this.running !== undefined) {
      this.again = true;
      return this.running;
    }
    this.running = this.round().then(
      () => this.rest(),
      (error: unknown) => {
        this.timer = window.setTimeout(() => void this.send(), LATEST);
        this.rest();
        this.listener.broken();
        throw error;
      },
    );
    return this.running;
  }

  private rest(): void {
    this.running = undefined;
    if (!this.again) return;
    this.again = false;
    void this.send();
  }

  private async round(): Promise<void> {
    let wait = 0;
    for (const tap of await keptTaps()) {
      if (tap.person !== this.person || tap.refused !== null) continue;
      wait = Math.max(wait, await this.deliver(tap));
    }
    await this.report();
    if (wait === 0) {
      this.pause = SOON;
      return;
    }
    this.timer = window.setTimeout(() => void this.send(), Math.max(wait, this.pause));
    this.pause = Math.min(LATEST, this.pause * 2);
  }

  /** Tells what this phone still holds. */
  async report(): Promise<void> {
    const taps = await keptTaps();
    const own = taps.filter((tap) => tap.person === this.person);
    const refused = own.filter((tap) => tap.refused !== null).length;
    const selfies = own.filter((tap) => tap.receipt !== null).length;
    this.listener.waiting({
      taps: own.length - refused - selfies,
      selfies,
      refused,
      others: taps.length - own.length,
    });
  }

  /** Takes one tap as far as it goes; returns milliseconds to wait, 0 when nothing is left to do for it. */
  private async deliver(tap: KeptTap): Promise<number> {
    if (tap.receipt === null) {
      const wait = await this.deliverTap(tap);
      if (wait > 0 || tap.receipt === null) return wait;
    }
    return this.deliverSelfie(tap, tap.receipt);
  }

  private async deliverTap(tap: KeptTap): Promise<number> {
    const outcome = await this.sendWithPass(tap);
    if (outcome.kind === "answer") {
      const { id, at, counts, reason, receipt } = outcome.answer;
      await keepReceipt({ id, person: tap.person, at, counts, reason, receipt });
      tap.receipt = receipt;
      await (tap.selfie === null ? dropTap(tap.id) : keepTap(tap));
      this.listener.received(tap, outcome.answer);
      return 0;
    }
    if (outcome.kind === "unreachable") {
      this.listener.held(tap, "offline", 0);
      return SOON;
    }
    if (FINAL.includes(outcome.code)) {
      tap.refused = outcome.code;
      await keepTap(tap);
    }
    this.listener.held(tap, outcome.code, outcome.status);
    return tap.refused === null ? Math.max(SOON, outcome.wait) : 0;
  }

  /** A pass that the gate does not take, or that belongs to another key, is renewed once. */
  private async sendWithPass(tap: KeptTap): Promise<Outcome<Receipt>> {
    const pass = await passFor(this.addresses, this.person);
    if (pass.kind !== "answer") return pass;
    const outcome = await sendTap(this.addresses, pass.answer.pass, tap);
    if (outcome.kind !== "refused" || outcome.status !== 401) return outcome;
    const renewed = await renewPass(this.addresses);
    return renewed.kind === "answer" ? sendTap(this.addresses, renewed.answer.pass, tap) : renewed;
  }

  private async deliverSelfie(tap: KeptTap, receipt: string): Promise<number> {
    if (tap.selfie === null) return 0;
    const outcome = await sendSelfie(this.addresses, receipt, tap.selfie);
    const isFinal = outcome.kind === "refused" && [401, 409, 413, 415].includes(outcome.status);
    if (outcome.kind === "answer" || isFinal) {
      await dropTap(tap.id);
      this.listener.selfie(tap, isFinal ? "failed" : "sent");
      return 0;
    }
    this.listener.selfie(tap, "waiting");
    return outcome.kind === "refused" ? Math.max(SOON, outcome.wait) : SOON;
  }
}
