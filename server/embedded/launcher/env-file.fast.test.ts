import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvConfig } from "@next/env";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadEnvFile } from "./env-file.mjs";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "env-file-"));
  delete process.env["TRAILPORT_ENV_FILE"];
});

afterEach(() => {
  rmSync(root, { recursive: true });
  for (const name of ["TRAILPORT_ENV_FILE", "FIRST", "SECOND", "THIRD", "__NEXT_PROCESSED_ENV"])
    delete process.env[name];
});

function write(name: string, text: string): string {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
}

test("variables that are set win over .env, which is read from Trailport's folder", () => {
  process.env["FIRST"] = "from outside";
  write(".env", "FIRST=from the file\nSECOND=from the file\n");

  expect(loadEnvFile(root)).toEqual([]);
  expect([process.env["FIRST"], process.env["SECOND"]]).toEqual(["from outside", "from the file"]);
});

test("files that look like configuration are reported as ignored, and Next reads none of them", () => {
  const read = write(".env", "FIRST=right\n");
  const ignored = [".env.local", ".env.production", ".env.production.local"].map((name) =>
    write(name, "SECOND=wrong\n"),
  );
  write(".env.example", "THIRD=wrong\n");

  expect(loadEnvFile(root).toSorted()).toEqual(
    ignored.map((path) => `${path} is ignored. The configuration is read from ${read}.`),
  );
  loadEnvConfig(root, false);
  expect([process.env["FIRST"], process.env["SECOND"], process.env["THIRD"]]).toEqual(["right", undefined, undefined]);
});

test("without .env, the report of another file says what to do with it", () => {
  const local = write(".env.local", "");

  expect(loadEnvFile(root)).toEqual([
    `${local} is ignored. Rename it to ${join(root, ".env")}, or set TRAILPORT_ENV_FILE to its path.`,
  ]);
});

test("TRAILPORT_ENV_FILE names the only file that is read, and an empty one reads none", () => {
  const unread = write(".env", "FIRST=wrong\n");
  const named = write("trailport.env", "SECOND=right\n");

  process.env["TRAILPORT_ENV_FILE"] = named;
  expect(loadEnvFile(root)).toEqual([`${unread} is ignored. The configuration is read from ${named}.`]);
  process.env["TRAILPORT_ENV_FILE"] = "";
  expect(loadEnvFile(root)).toEqual([`${unread} is ignored. TRAILPORT_ENV_FILE is empty, so no file is read.`]);

  expect([process.env["FIRST"], process.env["SECOND"]]).toEqual([undefined, "right"]);
});

test("a file that is missing or can't be read fails in one line", () => {
  process.env["TRAILPORT_ENV_FILE"] = "missing.env";
  expect(() => loadEnvFile(root)).toThrow("TRAILPORT_ENV_FILE names a file that doesn't exist: missing.env");

  delete process.env["TRAILPORT_ENV_FILE"];
  mkdirSync(join(root, ".env"));
  expect(() => loadEnvFile(root)).toThrow(/^The configuration file .*\.env can't be read \(/);
});
