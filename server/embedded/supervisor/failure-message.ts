/** Errors that only a bug throws: finding it takes the stack. */
const BUGS = [TypeError, ReferenceError, RangeError, SyntaxError];

/** Returns what the start command prints about the error that ended it: one line, unless the error is a bug. */
export function failureMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (BUGS.some((bug) => error instanceof bug)) return error.stack ?? error.message;
  if (error.name === "Error") return error.message;
  // Prisma's errors begin with an excerpt of the code, and end with what PostgreSQL said.
  return error.message.trim().split("\n").at(-1)?.trim() || error.name;
}
