import { expect, test } from "vitest";
import { isMissingCode } from "./reload-outdated";

const chunkError = Object.assign(new Error("Failed"), { name: "ChunkLoadError" });

test("errors of all browsers about code that can't be fetched are recognized, and no others", () => {
  const messages = [
    "Failed to load chunk /_next/static/chunks/0a1b.js from module 123",
    "Loading chunk 42 failed.",
    "Failed to fetch dynamically imported module: https://trailport.example/a.js",
    "error loading dynamically imported module: https://trailport.example/a.js",
    "Importing a module script failed.",
  ];
  expect([chunkError, ...messages.map((message) => new Error(message))].map(isMissingCode)).toEqual(
    Array(6).fill(true),
  );
  for (const other of [
    new TypeError("Failed to fetch"),
    new Error("x is not a function"),
    "Loading chunk 42 failed.",
    null,
  ])
    expect(isMissingCode(other)).toBe(false);
});
