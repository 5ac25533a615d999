import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readEnv } from "@/server/env";
import { openLive } from "@/server/live-services";
import { writePrivateFile } from "./durable-files";
import { provisionFirstStart } from "./provision";

/** What `first-start.json` holds. */
export interface FirstStartFile {
  url: string;
  email: string;
  password: string;
  api_key: string;
  organization_id: string;
}

const names = (dataDir: string) => ({
  result: join(dataDir, "first-start.json"),
  pending: join(dataDir, "first-start.pending"),
});

/**
 * Whether the installation still has to be provisioned. Deleting `first-start.json` of an embedded database asks for a
 * new password; a database of the user's own may belong to other machines too, and its owner's password stays.
 */
export function needsFirstStart(dataDir: string, database: { isEmbedded: boolean; hasWorkspace: boolean }): boolean {
  const { result, pending } = names(dataDir);
  if (!database.hasWorkspace || existsSync(pending)) return true;
  return database.isEmbedded && !existsSync(result);
}

/** Provisions, and keeps what people need to know in `first-start.json`; a start killed in between does it again. */
export async function runFirstStart(
  dataDir: string,
  variables: NodeJS.ProcessEnv,
  options: { demoData: boolean },
): Promise<FirstStartFile> {
  const { result, pending } = names(dataDir);
  await writePrivateFile(pending, "");
  const live = openLive(readEnv(variables));
  const { email, password, apiKey, organizationId } = await provisionFirstStart(live.services, options).finally(live.close);
  const file: FirstStartFile = {
    url: live.services.config.publicUrl,
    email,
    password,
    api_key: apiKey,
    organization_id: organizationId,
  };
  await writePrivateFile(result, `${JSON.stringify(file, null, 2)}\n`);
  await rm(pending);
  return file;
}
