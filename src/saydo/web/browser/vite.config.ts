// Builds every file of src/entries into ../built, and a manifest by which templates find the hashed names.
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const entries = readdirSync(here("src/entries")).filter((name) => name.endsWith(".ts"));

export default defineConfig({
  root: here("."),
  // relative, so that the same files serve at any prefix of a proxy
  base: "./",
  publicDir: false,
  build: {
    outDir: here("../built"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    modulePreload: { polyfill: false },
    // nothing inlined: the page's policy allows files of its own only
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    sourcemap: false,
    rolldownOptions: {
      input: Object.fromEntries(
        entries.map((name) => [basename(name, ".ts"), here(`src/entries/${name}`)]),
      ),
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  worker: { format: "es" },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"] },
});
