import { rm } from "node:fs/promises";
import { readEnv } from "@/server/kernel/env";
import { openLive } from "@/server/live-services";
import { writePrivateFile } from "@/server/embedded/host/durable-files";
import { firstStartFiles } from "./first-start-state";
import { provisionFirstStart } from "./create-first-workspace";

/** What `first-start.json` holds. */
export interface FirstStartFile {
  url: string;
  email: string;
  password: string;
  api_key: string;
  organization_id: string;
}

/** Provisions, and keeps what people need to know in `first-start.json`; a start killed in between does it again. */
export async function runFirstStart(
  dataDir: string,
  variables: NodeJS.ProcessEnv,
  options: { demoData: boolean },
): Promise<FirstStartFile> {
  const { result, pending } = firstStartFiles(dataDir);
  await writePrivateFile(pending, "");
  const live = openLive(readEnv(variables));
  const { email, password, apiKey, organizationId } = await provisionFirstStart(live.background, options).finally(
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
