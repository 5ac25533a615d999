import { rm } from "node:fs/promises";
import { writePrivateFile } from "@/server/embedded/host/durable-files";
import { withMigrationLock } from "@/server/infra/migrations/apply-migrations";
import { openLive } from "@/server/live-services";
import { readEnv } from "@/server/kernel/env";
import { createFirstWorkspace } from "./create-first-workspace";
import { firstStartFiles, needsFirstStart, readFirstStart } from "./first-start-state";

/** The content of `first-start.json`. */
export interface FirstStartFile {
  url: string;
  email: string;
  password: string;
  api_key: string;
  organization_id: string;
}

interface FirstStart {
  readonly dataDir: string;
  readonly isEmbedded: boolean;
  /** Connects as the role that migrates. */
  readonly ownerUrl: string;
  readonly demoData: boolean;
}

/**
 * Sets up the installation and saves what the user needs to know in `first-start.json`. If the start is killed in
 * between, the next one of any node repeats this. Nodes that start at the same time do it one after the other: all but the
 * first find it finished, change nothing, and get null.
 */
export async function runFirstStart(
  { dataDir, isEmbedded, ownerUrl, demoData }: FirstStart,
  variables: NodeJS.ProcessEnv,
): Promise<FirstStartFile | null> {
  const { result, pending } = firstStartFiles(dataDir);
  return withMigrationLock(ownerUrl, async () => {
    const live = openLive(readEnv(variables));
    try {
      const { db } = live.background;
      if (!needsFirstStart(dataDir, isEmbedded, await readFirstStart(db))) return null;
      await writePrivateFile(pending, "");
      await db.query(
        "INSERT INTO runner.first_start DEFAULT VALUES ON CONFLICT (only_one) DO UPDATE SET finished_at = NULL",
        [],
      );
      const { email, password, apiKey, organizationId } = await createFirstWorkspace(live.background, { demoData });
      const url = live.services.config.publicUrl;
      const file: FirstStartFile = { url, email, password, api_key: apiKey, organization_id: organizationId };
      await writePrivateFile(result, `${JSON.stringify(file, null, 2)}\n`);
      await db.query("UPDATE runner.first_start SET finished_at = now()", []);
      await rm(pending);
      return file;
    } finally {
      await live.close();
    }
  });
}
