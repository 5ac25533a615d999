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
 * The installation's secrets, made on its first start and kept in `secrets.json`, mode 0600.
 *
 * @throws Error in one sentence when the file is damaged: new secrets would silently end every session and link.
 */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, "secrets.json");
  const text = await readIfPresent(path);
  if (text !== null) {
    const known = secrets.safeParse(parseJson(text));
    if (known.success) return known.data;
    throw new Error(`${path} is damaged. Restore it, or delete it: everybody then has to sign in again.`);
  }
  const fresh: Secrets = {
    auth_secret: randomBytes(32).toString("base64url"),
    download_secret: randomBytes(32).toString("base64url"),
    inngest_event_key: randomBytes(32).toString("hex"),
    inngest_signing_key: `signkey-prod-${randomBytes(32).toString("hex")}`,
  };
  await writePrivateFile(path, `${JSON.stringify(fresh, null, 2)}\n`);
  return fresh;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
