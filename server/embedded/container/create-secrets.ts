import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { printLine } from "@/server/embedded/host/progress.mjs";
import { renameDurably } from "@/server/embedded/host/durable-files";

const hex = () => randomBytes(32).toString("hex");

/**
 * Writes the secrets of compose.yaml's services below `folder`, one folder per service, so that each service sees only
 * its own. Keeps those of an earlier start.
 */
export async function createSecrets(folder: string): Promise<void> {
  const files = newSecrets();
  // Written last: services start after all files exist, so none has used an incomplete set.
  const last = Object.keys(files).at(-1) ?? "";
  if (existsSync(join(folder, last))) return printLine("The secrets exist already.");
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    // The services run as different users. Each mounts only its own folder.
    await writeFile(`${file}.new`, content, { mode: 0o644, flush: true });
    await renameDurably(`${file}.new`, file);
  }
  printLine("Created the secrets.");
}

function newSecrets(): Record<string, string> {
  const passwords = { superuser: hex(), owner: hex(), app: hex(), inngest: hex() };
  const s3 = { key: randomBytes(10).toString("hex"), secret: hex() };
  const eventKey = hex();
  const signingKey = hex();
  const app = {
    AUTH_SECRET: hex(),
    DOWNLOAD_SECRET: hex(),
    DATABASE_URL: `postgresql://trailport_app:${passwords.app}@postgres:5432/trailport`,
    AWS_ACCESS_KEY_ID: s3.key,
    AWS_SECRET_ACCESS_KEY: s3.secret,
    INNGEST_EVENT_KEY: eventKey,
    INNGEST_SIGNING_KEY: `signkey-prod-${signingKey}`,
  };
  return {
    "migrate/trailport.env": variables({
      ...app,
      DATABASE_OWNER_URL: `postgresql://trailport_owner:${passwords.owner}@postgres:5432/trailport`,
    }),
    "postgres/password": passwords.superuser,
    "postgres/create-roles.sql": createRoles(passwords),
    "inngest/inngest.env": variables({
      INNGEST_EVENT_KEY: eventKey,
      INNGEST_SIGNING_KEY: signingKey,
      INNGEST_POSTGRES_URI: `postgresql://inngest:${passwords.inngest}@postgres:5432/inngest?sslmode=disable`,
    }),
    "s3/s3.env": variables({ ROOT_ACCESS_KEY: s3.key, ROOT_SECRET_KEY: s3.secret }),
    "trailport/trailport.env": variables(app),
  };
}

function variables(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

function createRoles(passwords: { owner: string; app: string; inngest: string }): string {
  return `CREATE ROLE trailport_owner LOGIN PASSWORD '${passwords.owner}';
CREATE ROLE trailport_app LOGIN PASSWORD '${passwords.app}';
CREATE DATABASE trailport OWNER trailport_owner;
CREATE ROLE inngest LOGIN PASSWORD '${passwords.inngest}';
CREATE DATABASE inngest OWNER inngest;
`;
}
