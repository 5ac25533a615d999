import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const DEFINITION = /\bdefine(?:Cache|RowCache|State)\b[^(]*\(\{\s*name: "(\w+)"/g;

test("every cache and budget has its own name", () => {
  const files = readdirSync("server", { recursive: true, encoding: "utf8" });
  const names = files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => [...readFileSync(path.join("server", file), "utf8").matchAll(DEFINITION)])
    .map(([, name]) => name);
  expect(names).toContain("api_keys");
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
});
