import type pg from "pg";

/** Milliseconds by which the clock may fall behind between two checks without counting as set back. */
const TOLERANCE = 1_000;

/** Notices when the database's clock is set back, by comparing it with this process's monotonic clock. */
export class ClockWatch {
  #last: { readonly database: number; readonly monotonic: number } | null = null;

  /** Returns whether the clock may have been set back since the last call; true for the first call. */
  async wasSetBack(connection: pg.Client): Promise<boolean> {
    const { rows } = await connection.query<{ now: number }>("SELECT extract(epoch FROM now())::float8 * 1000 AS now");
    const now = { database: rows[0]?.now ?? Date.now(), monotonic: performance.now() };
    const last = this.#last;
    this.#last = now;
    return last === null || now.database - last.database < now.monotonic - last.monotonic - TOLERANCE;
  }
}
