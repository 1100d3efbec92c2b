import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "acorn";
import { build, type Rollup } from "vite";
import { beforeAll, expect, test } from "vitest";

let chunks: (Rollup.OutputChunk | Rollup.OutputAsset)[] = [];

beforeAll(async () => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const built = (await build({ root, logLevel: "silent", build: { write: false } })) as Rollup.RollupOutput;
  chunks = built.output;
}, 60_000);

function textOf(chunk: Rollup.OutputChunk | Rollup.OutputAsset): string {
  return chunk.type === "chunk" ? chunk.code : String(chunk.source);
}

test("every script parses as the language of 2018, which the oldest phones speak", () => {
  const scripts = chunks.filter(({ fileName }) => fileName.endsWith(".js"));
  expect(scripts.length).toBeGreaterThan(2);
  for (const script of scripts) {
    expect(() => parse(textOf(script), { ecmaVersion: 2018, sourceType: "module" }), script.fileName).not.toThrow();
  }
});

test("no script calls what the oldest phones have not got", () => {
  const young =
    /\bBigInt\b|globalThis|\.arrayBuffer\(|\.replaceChildren\(|\.replaceAll\(|\.flat(Map)?\(|\.at\(|\.matchAll\(|Object\.fromEntries|allSettled|queueMicrotask|structuredClone|randomUUID/;
  for (const script of chunks.filter(({ fileName }) => fileName.endsWith(".js"))) {
    expect(textOf(script).match(young)?.[0], script.fileName).toBeUndefined();
  }
});

test("the style sheet uses no selector that makes an old browser drop the rule", () => {
  const styles = chunks.filter(({ fileName }) => fileName.endsWith(".css")).map(textOf);
  expect(styles).toHaveLength(1);
  expect(styles[0]).not.toMatch(/:is\(|:where\(|:has\(|@layer|@container|color-mix\(|clamp\(|[0-9]dvh|inset:/);
});

test("nothing built asks another host for anything", () => {
  for (const chunk of chunks.filter(({ fileName }) => /\.(js|css)$/.test(fileName))) {
    const others = textOf(chunk).match(/https?:\/\/[^"'`)\s]+/g) ?? [];
    expect(others.filter((address) => address !== "http://www.w3.org/2000/svg")).toEqual([]);
  }
});

test("the lock file names versions and digests, and no address", () => {
  expect(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8")).not.toContain("http");
});
