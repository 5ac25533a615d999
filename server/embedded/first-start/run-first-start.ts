import { rm } from "node:fs/promises";
import { writePrivateFile } from "@/server/embedded/host/durable-files";
import { openLive } from "@/server/live-services";
import { readEnv } from "@/server/kernel/env";
import { createFirstWorkspace } from "./create-first-workspace";
import { firstStartFiles } from "./first-start-state";

/** The content of `first-start.json`. */
export interface FirstStartFile {
  url: string;
  email: string;
  password: string;
  api_key: string;
  organization_id: string;
}

/**
 * Sets up the installation and saves what the user needs to know in `first-start.json`. If the start is killed in
 * between, the file `first-start.pending` is still there and the next start repeats this.
 */
export async function runFirstStart(
  dataDir: string,
  variables: NodeJS.ProcessEnv,
  options: { demoData: boolean },
): Promise<FirstStartFile> {
  const { result, pending } = firstStartFiles(dataDir);
  await writePrivateFile(pending, "");
  const live = openLive(readEnv(variables));
  const { email, password, apiKey, organizationId } = await createFirstWorkspace(live.background, options).finally(
    live.close,
  );
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
