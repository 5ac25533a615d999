import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "@/server/kernel/ports/database";

/** Returns the paths of the result of a first start, and of the marker that one has begun and not finished. */
export function firstStartFiles(dataDir: string): { result: string; pending: string } {
  return { result: join(dataDir, "first-start.json"), pending: join(dataDir, "first-start.pending") };
}

/** What the database says about the first start. */
export interface FirstStartRecord {
  readonly hasWorkspace: boolean;
  /** Null if an earlier version set up the installation. */
  readonly isFinished: boolean | null;
}

/** Reads the record; the caller's role may be that of web and worker. */
export async function readFirstStart(db: Pick<Database, "query">): Promise<FirstStartRecord> {
  const [record] = await db.query<FirstStartRecord>(
    `SELECT EXISTS (SELECT FROM workspace) AS "hasWorkspace", (SELECT finished_at IS NOT NULL FROM runner.first_start) AS "isFinished"`,
    [],
  );
  return record ?? { hasWorkspace: true, isFinished: null };
}

/**
 * Whether this start has to set up the installation, or complete a first start that was killed, on this or another node.
 * If the database is embedded, deleting `first-start.json` requests a new password. The user's own database may be shared
 * with other nodes, so a finished first start is never repeated.
 */
export function needsFirstStart(dataDir: string, isEmbedded: boolean, database: FirstStartRecord): boolean {
  const { result, pending } = firstStartFiles(dataDir);
  if (!database.hasWorkspace || database.isFinished === false) return true;
  return isEmbedded && (existsSync(pending) || !existsSync(result));
}
