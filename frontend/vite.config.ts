import { defineConfig } from "vite";

// The entries that a template may name with {% asset "..." %}; the manifest maps each to its hashed file.
const entries = ["src/look.css", "src/pages/page.ts", "src/pages/tap.ts", "src/pages/board.ts", "src/pages/home.ts"];

export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false, // a running server still serves the files of the build that it started with
    manifest: true,
    // The oldest phones the product promises: Android with Chrome 67, iPhone with Safari 13.
    target: ["chrome67", "safari13"],
    cssTarget: ["chrome67", "safari13"],
    modulePreload: { polyfill: false },
    // A file inlined as data: would need a wider content policy.
    assetsInlineLimit: 0,
    rollupOptions: { input: entries },
  },
});
