import { readFileSync } from "node:fs";

const interval = 1_000;

/**
 * Calls `onGone` when the npm that started us was killed without a chance to tell us. Watches the way up to npm (there
 * is a shell in between on some systems) and no further: that npm itself loses its terminal is nobody's wish to stop.
 */
export function watchNpm(onGone: () => void): void {
  const chain = chainToNpm();
  if (chain === undefined) return;
  const timer = setInterval(() => {
    if (chain.every(({ pid, parent }) => parentOf(pid) === parent)) return;
    clearInterval(timer);
    onGone();
  }, interval);
  timer.unref();
}

interface Link {
  pid: number;
  parent: number;
}

function chainToNpm(): Link[] | undefined {
  const chain: Link[] = [];
  for (let pid = process.pid; chain.length < 3;) {
    const parent = parentOf(pid);
    if (parent === undefined || parent <= 1) return undefined;
    chain.push({ pid, parent });
    if (isNpm(parent)) return chain;
    pid = parent;
  }
  return undefined;
}

function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid;
  const status = read(`/proc/${pid}/stat`);
  const parent = status.slice(status.lastIndexOf(")") + 2).split(" ")[1];
  return parent === undefined ? undefined : Number(parent);
}

/** npm sets its process title, which replaces its command line; it may also still be the original. */
function isNpm(pid: number): boolean {
  return /(^|\/|\0)npm(-cli\.js)?\b/.test(read(`/proc/${pid}/cmdline`));
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
