// The front camera, how bright its picture is, and one still of it; or a photo chosen as a file.

const WIDTH = 480;
const HEIGHT = 640;
const QUALITY = 0.7;
const DARK = 45; // mean luma of 0..255 below which a face is not seen
const BRIGHT = 225;

export type CameraProblem = "denied" | "none" | "busy";
export type Light = "dark" | "bright" | "good";

export class Camera {
  private stream: MediaStream | undefined;
  private readonly small = document.createElement("canvas");

  constructor(private readonly video: HTMLVideoElement) {
    this.small.width = 24;
    this.small.height = 32;
  }

  /** Starts the front camera; returns what is in the way, undefined when pictures come. */
  async start(): Promise<CameraProblem | undefined> {
    if (this.stream !== undefined) return undefined;
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (devices === undefined) return "none";
    try {
      this.stream = await devices.getUserMedia({
        audio: false,
        video: { facingMode: "user", width: { ideal: 640 }, height: { ideal: 480 } },
      });
      this.video.srcObject = this.stream;
      await this.video.play();
    } catch (error) {
      this.stop();
      return problemOf(error);
    }
    return undefined;
  }

  stop(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
    this.video.srcObject = null;
  }

  isReady(): boolean {
    return this.stream !== undefined && this.video.videoWidth > 0;
  }

  light(): Light {
    const context = drawCut(this.small, this.video, this.video.videoWidth, this.video.videoHeight);
    const { data } = context.getImageData(0, 0, this.small.width, this.small.height);
    let sum = 0;
    for (let at = 0; at < data.length; at += 4) {
      sum += 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
    }
    const mean = sum / (data.length / 4);
    return mean < DARK ? "dark" : mean > BRIGHT ? "bright" : "good";
  }

  still(): Promise<Blob> {
    return jpegOf(this.video, this.video.videoWidth, this.video.videoHeight);
  }
}

/** Returns a chosen photo made as small as a still of the camera; rejects what is no picture. */
export async function photoOf(file: File): Promise<Blob> {
  const image = new Image();
  const address = URL.createObjectURL(file);
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new NoPhoto());
      image.src = address;
    });
    return await jpegOf(image, image.naturalWidth, image.naturalHeight);
  } finally {
    URL.revokeObjectURL(address);
  }
}

export class NoPhoto extends Error {}

function jpegOf(source: CanvasImageSource, width: number, height: number): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  drawCut(canvas, source, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new NoPhoto()) : resolve(blob)), "image/jpeg", QUALITY);
  });
}

/** Fills the canvas with the middle of a picture, cut to the canvas's shape. */
function drawCut(canvas: HTMLCanvasElement, source: CanvasImageSource, width: number, height: number) {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null || width === 0 || height === 0) throw new NoPhoto();
  const scale = Math.min(width / canvas.width, height / canvas.height);
  const [cutWidth, cutHeight] = [canvas.width * scale, canvas.height * scale];
  const [left, top] = [(width - cutWidth) / 2, (height - cutHeight) / 2];
  context.drawImage(source, left, top, cutWidth, cutHeight, 0, 0, canvas.width, canvas.height);
  return context;
}

function problemOf(error: unknown): CameraProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  throw error;
}
