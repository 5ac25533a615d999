const DAY = 86_400_000;
const [DOT, ZERO, COLON, Z] = [0x2e, 0x30, 0x3a, 0x5a];

/**
 * Writes timestamps, given in milliseconds since 1970, as ISO 8601 in UTC. Caches the text of the last day, because
 * consecutive events of a file are mostly of the same day.
 */
export class TimestampWriter {
  #day = Number.NaN;
  #date = Buffer.alloc(0);

  /** Writes a timestamp to `out` from `at` on. @returns where it ends */
  write(milliseconds: number, out: Uint8Array, at: number): number {
    const day = Math.floor(milliseconds / DAY);
    if (day !== this.#day) {
      this.#day = day;
      this.#date = Buffer.from(new Date(day * DAY).toISOString().replace(/T.*/, "T"));
    }
    const date = this.#date;
    let to = at;
    for (let n = 0; n < date.length; n += 1) out[to++] = date[n] ?? 0;
    const rest = milliseconds - day * DAY;
    const seconds = Math.floor(rest / 1000);
    to = twoDigits(Math.floor(seconds / 3600), out, to);
    out[to++] = COLON;
    to = twoDigits(Math.floor(seconds / 60) % 60, out, to);
    out[to++] = COLON;
    to = twoDigits(seconds % 60, out, to);
    out[to++] = DOT;
    const thousandths = rest % 1000;
    out[to++] = ZERO + Math.floor(thousandths / 100);
    to = twoDigits(thousandths % 100, out, to);
    out[to++] = Z;
    return to;
  }
}

function twoDigits(number: number, out: Uint8Array, at: number): number {
  const tens = Math.floor(number / 10);
  out[at] = ZERO + tens;
  out[at + 1] = ZERO + number - tens * 10;
  return at + 2;
}
