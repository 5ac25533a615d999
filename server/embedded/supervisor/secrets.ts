import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { readIfPresent, writePrivateFile } from "@/server/embedded/host/durable-files";

const secrets = z.object({
  auth_secret: z.string().min(32),
  download_secret: z.string().min(32),
  inngest_event_key: z.string().min(1),
  inngest_signing_key: z.string().startsWith("signkey-"),
});

export type Secrets = z.infer<typeof secrets>;

/**
 * Loads the installation's secrets from `secrets.json` (mode 0600). The first start creates them.
 *
 * @throws Error in one sentence if the file is damaged. Replacing it would silently end every session and link.
 */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, "secrets.json");
  const text = await readIfPresent(path);
  if (text !== null) {
    const stored = secrets.safeParse(parseJson(text));
    if (stored.success) return stored.data;
    throw new Error(`${path} is damaged. Restore it from a backup, or delete it: everyone then has to sign in again.`);
  }
  const created: Secrets = {
    auth_secret: randomBytes(32).toString("base64url"),
    download_secret: randomBytes(32).toString("base64url"),
    inngest_event_key: randomBytes(32).toString("hex"),
    inngest_signing_key: `signkey-prod-${randomBytes(32).toString("hex")}`,
  };
  await writePrivateFile(path, `${JSON.stringify(created, null, 2)}\n`);
  return created;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
