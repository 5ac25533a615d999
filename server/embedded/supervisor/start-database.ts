import { startPostgres } from "@/server/embedded/postgres/start-postgres";
import { checkDatabase } from "./check-database";
import { describeExit } from "./node-process";
import { type RunningProcess, supervise } from "./restart-supervisor";
import type { StartEnv } from "./start-env";
import type { SupervisedProcesses } from "./supervised-processes";

/** The database of this start. `url` changes if the embedded server has to restart on another port. */
export interface StartedDatabase {
  readonly url: string;
  readonly isEmbedded: boolean;
}

/** Connects to the user's own database, if there is one. Otherwise starts the embedded PostgreSQL and keeps it running. */
export async function startDatabase(
  env: StartEnv,
  processes: SupervisedProcesses,
  log: (line: string) => void,
): Promise<StartedDatabase> {
  if (env.databaseUrl !== undefined) {
    await checkDatabase(env.databaseUrl);
    return { url: env.databaseUrl, isEmbedded: false };
  }
  const database = { url: "", port: 0, isEmbedded: true };
  const start = async (): Promise<RunningProcess> => {
    const preferred = database.port === 0 ? {} : { preferredPort: database.port };
    const server = await startPostgres({ dataDir: env.dataDir, log, ...preferred });
    const hasMoved = database.url !== "" && database.url !== server.url;
    Object.assign(database, { url: server.url, port: server.port });
    if (hasMoved) processes.restartWebAndWorker();
    const exited = server.exited.then(({ code, signal }) => describeExit(code, signal));
    return { exited, stop: server.stop, kill: server.kill };
  };
  processes.add("postgres", await supervise("PostgreSQL", start, log));
  return database;
}
