// What the person sees before the press: picture and position, each with its help and its way out.

import { knows, say } from "../messages";
import { allowKey } from "./browser";
import { Camera, NoPhoto, photoOf, type CameraProblem } from "./camera";
import type { Elements } from "./elements";
import { distanceText, followPosition, nearest, type PlaceProblem } from "./place";
import type { Site } from "./store";

const LOOK_AGAIN = 700;
const COARSE = 100;

export class PictureGuide {
  private readonly camera: Camera;
  private chosen: Blob | undefined;
  private timer = 0;

  constructor(
    private readonly elements: Elements,
    private readonly changed: () => void,
  ) {
    this.camera = new Camera(elements.part<HTMLVideoElement>("video"));
    const file = elements.part<HTMLInputElement>("file");
    file.addEventListener("change", () => void this.choose(file));
    document.addEventListener("visibilitychange", () => void (document.hidden ? this.stop() : this.start()));
  }

  async start(): Promise<void> {
    if (this.chosen !== undefined || this.elements.part("ready").hidden) return;
    this.elements.tell("help", say("camera.starting"));
    const problem = await this.camera.start();
    if (problem !== undefined) this.fail(problem);
    else this.look();
    this.changed();
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.camera.stop();
    this.elements.root.classList.remove("tap--ready");
  }

  isReady(): boolean {
    return this.chosen !== undefined || this.camera.isReady();
  }

  /** Returns the chosen photo, or what the camera sees now. */
  picture(): Promise<Blob> {
    return this.chosen === undefined ? this.camera.still() : Promise.resolve(this.chosen);
  }

  forget(): void {
    this.chosen = undefined;
    this.elements.part<HTMLInputElement>("file").value = "";
  }

  private look(): void {
    window.clearTimeout(this.timer);
    if (this.camera.isReady()) {
      const light = this.camera.light();
      const help = { dark: "camera.dark", bright: "camera.bright", good: "camera.fit" }[light];
      this.elements.tell("help", say(help));
      this.elements.root.classList.toggle("tap--ready", light === "good");
      this.changed();
    }
    this.timer = window.setTimeout(() => this.look(), LOOK_AGAIN);
  }

  private fail(problem: CameraProblem): void {
    this.elements.tell("help", say("camera." + problem));
    this.elements.show("file_field", true);
    if (problem === "denied") this.elements.tell("allow", say(allowKey(navigator.userAgent)));
  }

  private async choose(file: HTMLInputElement): Promise<void> {
    const picked = file.files?.[0];
    if (picked === undefined) return;
    try {
      this.chosen = await photoOf(picked);
      this.stop();
      this.elements.tell("help", say("camera.file"));
    } catch (error) {
      if (!(error instanceof NoPhoto)) throw error;
      this.chosen = undefined;
      this.elements.tell("help", say("camera.file_bad"));
    }
    this.changed();
  }
}

export class PlaceGuide {
  private fix: GeolocationPosition | undefined;
  private problem: PlaceProblem | undefined;
  private sites: Site[] = [];

  constructor(
    private readonly elements: Elements,
    private readonly changed: () => void,
  ) {}

  start(): void {
    this.elements.tell("place", say("place.starting"));
    followPosition(
      (fix) => {
        this.fix = fix;
        this.problem = undefined;
        this.show();
      },
      (problem) => {
        this.problem = problem;
        this.show();
      },
    );
  }

  among(sites: Site[]): void {
    this.sites = sites;
    this.show();
  }

  lastFix(): GeolocationPosition | undefined {
    return this.fix;
  }

  /** Returns whether a press may go ahead: with a position, or once it is plain that none will come. */
  isSettled(): boolean {
    return this.fix !== undefined || this.problem !== undefined;
  }

  private show(): void {
    this.changed();
    if (this.fix === undefined) {
      if (this.problem === undefined) return;
      this.mark("absent", "!");
      this.elements.tell("place", say("place." + this.problem));
      if (this.problem === "denied") this.elements.tell("allow", say(allowKey(navigator.userAgent)));
      return;
    }
    const { coords } = this.fix;
    const accuracy = Math.ceil(coords.accuracy);
    const best = nearest(coords, this.sites);
    if (best === undefined) {
      this.mark("present", "✓");
      this.elements.tell("place", say("place.anywhere", { accuracy: this.metres(accuracy) }));
      return;
    }
    const words = {
      accuracy: this.metres(accuracy),
      site: best.site.name,
      distance: this.metres(best.distance),
      beyond: this.metres(Math.max(1, best.beyond)),
    };
    const isInside = best.beyond === 0;
    this.mark(isInside ? "present" : "late", isInside ? "✓" : "!");
    const key = isInside ? "place.inside" : accuracy > COARSE ? "place.coarse" : "place.outside";
    this.elements.tell("place", say(key, words));
  }

  private metres(metres: number): string {
    return distanceText(metres, document.documentElement.lang);
  }

  private mark(state: string, letter: string): void {
    const mark = this.elements.part("place_mark");
    mark.className = "mark mark--" + state;
    mark.textContent = letter;
  }
}

/** Returns what to say about a tap that the gate did not take yet. */
export function heldText(code: string, status: number): string {
  if (code === "sign_in") return say("pass.failed");
  const key = "refused." + code;
  return knows(key) ? say(key) : say("refused.other", { status });
}
