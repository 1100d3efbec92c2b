import { expect, test } from "vitest";
import { fill } from "../src/messages";
import { allowKey } from "../src/tap/browser";
import { clockText } from "../src/widgets/clock";

test("fills a sentence as Python does, and leaves what it does not know", () => {
  expect(fill("%(a)s dari %(b)d, 5 %% %(c)s", { a: "satu", b: 2 })).toBe("satu dari 2, 5 % %(c)s");
});

test("one instant reads 07.30, 08.30 and 09.30 in the three zones", () => {
  const at = Date.UTC(2026, 7, 3, 0, 30);
  expect([420, 480, 540].map((offset) => clockText(at, offset))).toEqual(["07.30", "08.30", "09.30"]);
});

test.each([
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 13_0 like Mac OS X) AppleWebKit/605 Safari/604", "allow.safari_ios"],
  ["Mozilla/5.0 (Linux; Android 8.1) AppleWebKit/537 Chrome/67.0 Mobile Safari/537", "allow.chrome_android"],
  ["Mozilla/5.0 (Linux; Android 9) SamsungBrowser/9.2 Chrome/67.0 Mobile Safari/537", "allow.samsung"],
  ["Mozilla/5.0 (Android 9; Mobile; rv:68.0) Gecko/68.0 Firefox/68.0", "allow.firefox"],
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537 Chrome/120 Safari/537", "allow.other"],
])("tells where this browser keeps its permissions: %s", (agent, key) => {
  expect(allowKey(agent)).toBe(key);
});
