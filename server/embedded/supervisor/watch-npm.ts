import { readFileSync } from "node:fs";

const interval = 1_000;

/**
 * Calls `onExit` when the npm that started this process was killed and could not forward the signal. Watches the parent
 * processes up to npm (on some systems there is a shell in between), but none above: if npm itself loses its terminal,
 * Trailport keeps running. Does nothing without npm or /proc.
 */
export function watchNpm(onExit: () => void): void {
  const links = linksToNpm();
  if (links === undefined) return;
  const timer = setInterval(() => {
    if (links.every(({ pid, parent }) => parentOf(pid) === parent)) return;
    clearInterval(timer);
    onExit();
  }, interval);
  timer.unref();
}

/**
 * Returns a warning if npm is a container's first process: npm exits as soon as it has passed SIGTERM on, and the
 * container ends with its first process, without waiting for responses and commits.
 */
export function npmNotice(): string | null {
  if (!isNpm(1)) return null;
  return (
    "npm is process 1, so the container ends before Trailport has stopped. Start it with " +
    "node server/embedded/launcher/launch.mjs, or with an init process (docker run --init)."
  );
}

interface ParentLink {
  pid: number;
  parent: number;
}

function linksToNpm(): ParentLink[] | undefined {
  const links: ParentLink[] = [];
  for (let pid = process.pid; links.length < 3;) {
    const parent = parentOf(pid);
    if (parent === undefined || parent <= 1) return undefined;
    links.push({ pid, parent });
    if (isNpm(parent)) return links;
    pid = parent;
  }
  return undefined;
}

function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid;
  const status = readOrEmpty(`/proc/${pid}/stat`);
  const parent = status.slice(status.lastIndexOf(")") + 2).split(" ")[1];
  return parent === undefined ? undefined : Number(parent);
}

/** Recognizes npm by its process title, which replaces its command line, or by the original command line. */
function isNpm(pid: number): boolean {
  return /(^|\/|\0)npm(-cli\.js)?\b/.test(readOrEmpty(`/proc/${pid}/cmdline`));
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
