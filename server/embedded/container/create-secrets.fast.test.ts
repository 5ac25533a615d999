import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createSecrets } from "./create-secrets";

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "secrets-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function read(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );
}

test("each installation gets its own secrets, and a later start keeps them", async () => {
  const [first, second] = [newFolder(), newFolder()];
  await createSecrets(first);
  await createSecrets(second);
  const secrets = read(first);

  const words = Object.values(secrets).flatMap((text) => text.match(/[0-9a-f]{20,}/g) ?? []);
  expect(words.length).toBeGreaterThan(10);
  expect(words.filter((word) => JSON.stringify(read(second)).includes(word))).toEqual([]);

  await createSecrets(first);
  expect(read(first)).toEqual(secrets);
});

test("only migrations and PostgreSQL itself get the owner's password", async () => {
  const folder = newFolder();
  await createSecrets(folder);
  const secrets = read(folder);
  const [, password = ""] = /trailport_owner:(\w+)@/.exec(secrets["migrate/trailport.env"] ?? "") ?? [];

  expect(password).toHaveLength(64);
  const holders = Object.keys(secrets).filter((file) => secrets[file]?.includes(password));
  expect(holders.toSorted()).toEqual(["migrate/trailport.env", "postgres/create-roles.sql"]);
});
