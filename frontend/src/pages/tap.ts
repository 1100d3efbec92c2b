// The tap page: it waits for picture, position and pass, lets the person press once, and shows what came of it.

import { say } from "../messages";
import { clockText } from "../widgets/clock";
import { NoPhoto } from "../tap/camera";
import { Elements } from "../tap/elements";
import { fetchToday, passFor, type Addresses, type Receipt } from "../tap/gate";
import { heldText, PictureGuide, PlaceGuide } from "../tap/guide";
import { Outbox, type Waiting } from "../tap/outbox";
import { tapPosition } from "../tap/place";
import { signTap } from "../tap/press";
import { shareReceipt, showOffDuty, showReceipt } from "../tap/receipt";
import { ServerTime } from "../tap/servertime";
import type { KeptPass, KeptTap } from "../tap/store";

const AWAKE = 3 * 60_000; // a tap proves its time by the last nonce: it must not grow old on an open page

class TapPage {
  private readonly addresses: Addresses;
  private readonly person: number;
  private readonly time: ServerTime;
  private readonly picture: PictureGuide;
  private readonly place: PlaceGuide;
  private readonly outbox: Outbox;
  private pass: KeptPass | undefined;
  private pressed: string | undefined; // identity of the tap whose receipt is awaited
  private receipt: Receipt | undefined;
  private isBusy = false;
  private isRefused = false; // no pass, and why is said above: nothing is being prepared any more
  private owed = 0;

  constructor(private readonly elements: Elements) {
    this.addresses = {
      gate: elements.setting("gate"),
      pass: elements.setting("passUrl"),
      today: elements.setting("todayUrl"),
      csrf: elements.setting("csrf"),
    };
    this.person = Number(elements.setting("person"));
    this.time = new ServerTime(this.addresses);
    this.picture = new PictureGuide(elements, () => this.renew());
    this.place = new PlaceGuide(elements, () => this.renew());
    this.outbox = new Outbox(this.addresses, this.person, {
      received: (tap, receipt) => void this.received(tap, receipt),
      selfie: (tap, outcome) => this.selfie(tap, outcome),
      held: (tap, code, status) => this.held(tap, code, status),
      waiting: (counts) => this.waiting(counts),
      broken: () => this.broken(),
    });
  }

  async start(): Promise<void> {
    this.elements.part("press").addEventListener("click", () => void this.press());
    this.elements.part("again").addEventListener("click", () => void this.makeReady());
    this.elements.part("share").addEventListener("click", () => void this.share());
    window.addEventListener("online", () => void this.wake());
    document.addEventListener("visibilitychange", () => void (document.hidden ? undefined : this.wake()));
    window.addEventListener("beforeunload", (event) => {
      if (this.owed === 0) return;
      event.preventDefault();
      event.returnValue = say("leave");
    });
    window.setInterval(() => void (document.hidden ? undefined : this.wake()), AWAKE);
    this.place.start();
    await Promise.all([this.picture.start(), this.wake()]);
  }

  /** Renews what grows old: the clock, the pass, and taps that wait. */
  private async wake(): Promise<void> {
    await Promise.all([this.time.refresh(), this.renewPass()]);
    const minutes = this.time.minutesOff();
    this.elements.tell("clock", minutes === 0 ? "" : say("clock.wrong", { minutes }));
    await this.outbox.send();
  }

  private async renewPass(): Promise<void> {
    const outcome = await passFor(this.addresses, this.person);
    if (outcome.kind === "answer") {
      this.pass = outcome.answer;
      this.isRefused = false;
      this.place.among(this.pass.sites);
      this.elements.tell("problem", "");
    } else if (outcome.kind === "unreachable") {
      this.isRefused = true;
      this.trouble(say("pass.offline"), "warning");
    } else {
      this.isRefused = true;
      const known = outcome.code === "sign_in" || outcome.sentence === "";
      this.trouble(known ? say("pass.failed") : outcome.sentence);
      if (outcome.code === "too_many_phones") {
        this.elements.offer("problem", this.elements.setting("accountUrl"), say("pass.account"));
      }
    }
    this.renew();
  }

  /** Lets the button say and allow what is possible now. */
  private renew(): void {
    const button = this.elements.part<HTMLButtonElement>("press");
    const canPress = this.pass !== undefined && this.picture.isReady() && this.place.isSettled();
    button.disabled = this.isBusy || !canPress;
    button.textContent = say(this.isBusy ? "sending" : canPress || this.isRefused ? "press" : "starting");
  }

  private async press(): Promise<void> {
    if (this.isBusy || this.pass === undefined) return;
    this.isBusy = true;
    this.renew();
    try {
      const tap = await this.makeTap(this.pass);
      this.pressed = tap.id;
      await this.outbox.add(tap);
    } catch (error) {
      this.isBusy = false;
      this.renew();
      if (!(error instanceof NoPhoto)) throw error;
      this.trouble(say("camera.needed"));
    }
  }

  private async makeTap(pass: KeptPass): Promise<KeptTap> {
    const fix = this.place.lastFix();
    const at = this.time.now();
    return signTap(
      {
        at,
        position: fix === undefined ? null : tapPosition(fix, Date.now()),
        photo: await this.picture.picture(),
        note: this.elements.part<HTMLTextAreaElement>("note").value,
        kind: Number(this.elements.setting("kind")),
        mark: Number(this.elements.setting("mark")),
        nonce: this.time.lastNonce(),
      },
      pass,
    );
  }

  private async received(tap: KeptTap, receipt: Receipt): Promise<void> {
    if (tap.id === this.pressed) {
      this.showDone(receipt);
      void this.showVerdict();
    } else {
      const time = clockText(receipt.at, this.elements.offset());
      const reason = receipt.counts ? "" : say("reason." + receipt.reason);
      const key = receipt.counts ? "delivered.counts" : "delivered.stored";
      this.elements.tell("delivered", say(key, { time, reason }));
    }
    await this.time.refresh(true);
  }

  private showDone(receipt: Receipt): void {
    this.pressed = undefined;
    this.isBusy = false;
    this.receipt = receipt;
    this.picture.stop();
    this.picture.forget();
    this.elements.tell("problem", "");
    this.elements.tell("delivered", "");
    showReceipt(this.elements.part("receipt"), receipt, this.pass?.sites ?? [], this.elements.offset());
    this.elements.tell("selfie", say("selfie.sending"));
    this.elements.show("ready", false);
    this.elements.show("receipt", true);
    this.elements.part("receipt").focus();
    this.elements.root.setAttribute("data-state", "received");
  }

  private async showVerdict(): Promise<void> {
    this.elements.tell("verdict", say("verdict.waiting"));
    const outcome = await fetchToday(this.addresses);
    this.elements.tell("verdict", outcome.kind === "answer" ? outcome.answer.sentence : say("verdict.failed"));
    const isOff = outcome.kind === "answer" && outcome.answer.is_off;
    if (isOff && this.receipt?.counts === true) showOffDuty(this.elements.part("receipt"));
  }

  private selfie(tap: KeptTap, outcome: "sent" | "waiting" | "failed"): void {
    if (tap.id === this.receipt?.id) this.elements.tell("selfie", say("selfie." + outcome));
  }

  private held(tap: KeptTap, code: string, status: number): void {
    // A tap that is kept is no fault of anybody's: it is told, not cried out.
    this.trouble(heldText(code, status), tap.refused === null ? "warning" : "error");
    if (tap.id !== this.pressed) return;
    this.isBusy = false; // another tap may be made meanwhile; this one stays kept
    this.elements.root.setAttribute("data-state", "kept");
    this.renew();
  }

  private trouble(sentence: string, weight: "warning" | "error" = "error"): void {
    this.elements.tell("problem", sentence);
    this.elements.part("problem").className = "toast toast--" + weight;
  }

  private broken(): void {
    this.trouble(say("broken"));
    this.isBusy = false;
    this.renew();
  }

  private waiting({ taps, selfies, refused, others }: Waiting): void {
    this.owed = taps + selfies;
    const lines = [
      taps === 0 ? "" : taps === 1 ? say("waiting.one") : say("waiting.many", { count: taps }),
      refused === 0 ? "" : say("waiting.refused", { count: refused }),
      others === 0 ? "" : say("waiting.elsewhere", { count: others }),
    ];
    this.elements.tell("waiting", lines.filter(Boolean).join(" "));
  }

  private async makeReady(): Promise<void> {
    this.receipt = undefined;
    this.elements.show("receipt", false);
    this.elements.show("ready", true);
    this.elements.root.setAttribute("data-state", "ready");
    this.elements.part<HTMLTextAreaElement>("note").value = "";
    this.renew();
    await this.picture.start();
  }

  private async share(): Promise<void> {
    if (this.receipt === undefined) return;
    if (await shareReceipt(this.receipt, this.elements.offset())) this.elements.tell("shared", say("receipt.shared"));
  }
}

async function startTapPage(root: HTMLElement): Promise<void> {
  const elements = new Elements(root);
  if ((crypto as { subtle?: SubtleCrypto }).subtle === undefined) {
    elements.tell("problem", say("insecure"));
    return;
  }
  try {
    await new TapPage(elements).start();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    elements.tell("problem", say("key.lost")); // IndexedDB refuses to keep anything here
  }
}

const root = document.querySelector<HTMLElement>("[data-tap]");
if (root !== null) void startTapPage(root);
