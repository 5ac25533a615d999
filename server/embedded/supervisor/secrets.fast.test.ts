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

test("secrets stay the same once they are created", async () => {
  expect(await loadSecrets(folder)).toEqual(await loadSecrets(folder));
});

test("only the owner can read the file of secrets", async () => {
  await loadSecrets(folder);

  expect((await stat(join(folder, "secrets.json"))).mode & 0o777).toBe(0o600);
});

test("a damaged file of secrets is reported, not replaced", async () => {
  await writeFile(join(folder, "secrets.json"), '{"auth_secret": "');

  await expect(loadSecrets(folder)).rejects.toThrow("secrets.json is damaged");
});
