import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { firstStartFiles, needsFirstStart } from "./first-start-state";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "first-start-"));
});

afterEach(() => rm(folder, { recursive: true }));

const finish = () => writeFile(firstStartFiles(folder).result, "{}");

test("an empty database is set up even if the files of an earlier one are present", async () => {
  await finish();

  expect(needsFirstStart(folder, true, { hasWorkspace: false, isFinished: null })).toBe(true);
});

test("a finished first start is not repeated", async () => {
  await finish();

  expect(needsFirstStart(folder, true, { hasWorkspace: true, isFinished: true })).toBe(false);
});

test("a first start that was killed before it printed the password is repeated", async () => {
  await finish();
  await writeFile(firstStartFiles(folder).pending, "");

  expect(needsFirstStart(folder, true, { hasWorkspace: true, isFinished: false })).toBe(true);
  expect(needsFirstStart(folder, false, { hasWorkspace: true, isFinished: false })).toBe(true);
});

test("a second machine on a shared database does not change the owner's password", () => {
  for (const isFinished of [true, null])
    expect(needsFirstStart(folder, false, { hasWorkspace: true, isFinished })).toBe(false);
});

test("a node whose own first start was killed does not repeat one that another node finished", async () => {
  await writeFile(firstStartFiles(folder).pending, "");

  expect(needsFirstStart(folder, false, { hasWorkspace: true, isFinished: true })).toBe(false);
});
