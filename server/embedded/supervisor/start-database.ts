import { checkDatabase } from "./check-database";
import { keepRunning, type Running } from "./restart-supervisor";
import type { Parts } from "./supervised-processes";
import { startPostgres } from "@/server/embedded/postgres/start-postgres";
import type { StartEnv } from "./start-env";

/** The database of this start. Its address changes when the embedded server had to move to another port. */
export interface StartedDatabase {
  readonly url: string;
  readonly isEmbedded: boolean;
}

/** The user's own database when there is one, else the embedded PostgreSQL, which is kept running from then on. */
export async function startDatabase(
  env: StartEnv,
  parts: Parts,
  log: (line: string) => void,
): Promise<StartedDatabase> {
  if (env.databaseUrl !== undefined) {
    await checkDatabase(env.databaseUrl);
    return { url: env.databaseUrl, isEmbedded: false };
  }
  const database = { url: "", port: 0, isEmbedded: true };
  const start = async (): Promise<Running> => {
    const preferred = database.port === 0 ? {} : { preferredPort: database.port };
    const server = await startPostgres({ dataDir: env.dataDir, log, ...preferred });
    const hasMoved = database.url !== "" && database.url !== server.url;
    Object.assign(database, { url: server.url, port: server.port });
    if (hasMoved) parts.recycle();
    const ended = server.exited.then(({ code, signal }) =>
      signal === null ? `ended with code ${code}` : `was ended by ${signal}`,
    );
    return { ended, stop: server.stop, kill: server.kill };
  };
  parts.add("postgres", await keepRunning("PostgreSQL", start, log));
  return database;
}
