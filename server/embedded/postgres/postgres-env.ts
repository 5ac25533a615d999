/** What a program of PostgreSQL needs from this process's environment. */
const NEEDED = ["PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

/**
 * Returns the environment for programs that run as PostgreSQL's user. It has none of Trailport's secrets: any process of
 * the same user can read a process's environment. English and UTC, because starting the server matches some messages.
 */
export function postgresEnv(): NodeJS.ProcessEnv {
  const needed = NEEDED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(needed), LC_ALL: "C", TZ: "UTC" } as NodeJS.ProcessEnv;
}
