// Plain JavaScript without packages: the launcher imports this file before anything is installed.

/**
 * Runs `work` and prints what was done and how long it took, for example "Packages installed (41.2 s)".
 *
 * @template Result
 * @param {string} done
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withProgress(done, work) {
  const startedAt = performance.now();
  const result = await work();
  printLine(`${done} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  return result;
}

/** @param {string} line */
export function printLine(line) {
  process.stdout.write(`  ${line}\n`);
}
