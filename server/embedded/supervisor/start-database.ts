import { startPostgres } from "@/server/embedded/postgres/start-postgres";
import { prepareRoles } from "@/server/embedded/postgres/roles";
import { checkServer } from "@/server/infra/postgres/check-server";
import { describeExit } from "./node-process";
import { type RunningProcess, supervise } from "./restart-supervisor";
import type { StartEnv } from "./start-env";
import type { SupervisedProcesses } from "./supervised-processes";

/** The database of this start. The URLs change if the embedded server has to restart on another port. */
export interface StartedDatabase {
  /** The URL for web and worker. */
  readonly url: string;
  /** The URL for migrations. With the same role as `url`, that role owns the tables. */
  readonly ownerUrl: string;
  /** The data directory of the embedded server. */
  readonly directory: string | undefined;
  readonly isEmbedded: boolean;
}

/** Connects to the user's own database, if there is one. Otherwise starts the embedded PostgreSQL and keeps it running. */
export async function startDatabase(
  env: StartEnv,
  processes: SupervisedProcesses,
  log: (line: string) => void,
): Promise<StartedDatabase> {
  if (env.databaseUrl !== undefined) {
    await checkServer(env.databaseUrl);
    if (env.databaseOwnerUrl !== undefined) await checkServer(env.databaseOwnerUrl, "DATABASE_OWNER_URL");
    const ownerUrl = env.databaseOwnerUrl ?? env.databaseUrl;
    return { url: env.databaseUrl, ownerUrl, directory: undefined, isEmbedded: false };
  }
  const database = { url: "", ownerUrl: "", port: 0, directory: "", isEmbedded: true };
  const start = async (): Promise<RunningProcess> => {
    const preferred = database.port === 0 ? {} : { preferredPort: database.port };
    const server = await startPostgres({ dataDir: env.dataDir, memory: env.memory, log, ...preferred });
    const { ownerUrl, appUrl } = await prepareRoles(server.url).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    const hasMoved = database.url !== "" && database.url !== appUrl;
    Object.assign(database, { url: appUrl, ownerUrl, port: server.port, directory: server.directory });
    if (hasMoved) processes.restartWebAndWorker();
    const exited = server.exited.then(({ code, signal }) => describeExit(code, signal));
    return { exited, stop: server.stop, kill: server.kill };
  };
  processes.add("postgres", await supervise("PostgreSQL", start, log));
  return database;
}
