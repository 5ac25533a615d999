import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadSecrets } from "./secrets";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "secrets-"));
});

afterEach(() => rm(folder, { recursive: true }));

test("secrets are made once and stay", async () => {
  expect(await loadSecrets(folder)).toEqual(await loadSecrets(folder));
});

test("only their owner can read them", async () => {
  await loadSecrets(folder);

  expect((await stat(join(folder, "secrets.json"))).mode & 0o777).toBe(0o600);
});

test("damaged secrets are refused rather than replaced", async () => {
  await writeFile(join(folder, "secrets.json"), '{"auth_secret": "');

  await expect(loadSecrets(folder)).rejects.toThrow("secrets.json is damaged");
});
