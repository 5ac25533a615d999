// Plain JavaScript without packages: the launcher imports this file before anything is installed.
import { existsSync } from "node:fs";

const SHELL = "/bin/sh";

/**
 * Starts the launcher, passes signals on to it, and exits as it does. While it waits, the shell collects every process
 * that it inherits. `wait` ends early when a signal arrives.
 */
const SCRIPT = `
exec 3<&0
"$@" <&3 3<&- &
child=$!
for signal in TERM INT HUP; do trap "kill -$signal $child 2>/dev/null" $signal; done
wait $child
code=$?
while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
exit $code
`;

/**
 * If this is the first process of a container, replaces it by a shell that starts it again. The first process inherits
 * the children of every process that ends, and has to collect them when they end too. Node can't: they would stay as
 * zombies, such as the sessions of a PostgreSQL that was killed, until the container has no process IDs left.
 *
 * Returns if this is not the first process, or if Node is older than 22.15 and can't be replaced. Then the container's
 * engine can provide a first process: `docker run --init`.
 */
export function startUnderInit() {
  if (process.pid !== 1 || process.execve === undefined || !existsSync(SHELL)) return;
  const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  process.execve(SHELL, ["sh", "-c", SCRIPT, "sh", ...command], process.env);
}
