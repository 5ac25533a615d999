import type { Server } from "node:http";
import type { Socket } from "node:net";

/** Milliseconds between two checks of all connections. */
const INTERVAL = 10_000;
/** A client that does not receive enough within this number of checks is cut off. */
const CHECKS = 3;
/** Bytes that a client must receive in that time if its response is not complete by then: 8 kB per second. */
const MIN_PROGRESS = 250_000;

/** What a response that waits for its client has delivered. */
interface Progress {
  /** Bytes delivered when this began. */
  readonly from: number;
  checks: number;
}

/**
 * Closes connections whose clients read their responses too slowly, or not at all: a download, a list or a page. Otherwise
 * they would keep its memory and a download's slot forever. Checks every ten seconds, and when the returned function is
 * called. Time in which the server has nothing to send doesn't count.
 */
export function closeStalledReaders(server: Server): () => void {
  const open = new Map<Socket, Progress | null>();
  server.on("connection", (socket: Socket) => {
    open.set(socket, null);
    socket.once("close", () => open.delete(socket));
  });
  const check = () => {
    for (const [socket, progress] of open) {
      const { isWaiting, delivered } = outputOf(socket);
      if (!isWaiting) open.set(socket, null);
      else if (!progress || delivered - progress.from >= MIN_PROGRESS) open.set(socket, { from: delivered, checks: 0 });
      else if (++progress.checks >= CHECKS) socket.destroy();
    }
  };
  const timer = setInterval(check, INTERVAL);
  timer.unref();
  server.once("close", () => clearInterval(timer));
  return check;
}

/** Returns whether a response waits for its client, and how many bytes the operating system has taken for the client. */
function outputOf(socket: Socket): { readonly isWaiting: boolean; readonly delivered: number } {
  // The public counters count a chunk once all of it has left, which takes a slow client long. Node has no public ones that
  // are exact; its own socket timeout reads these.
  const { _handle: handle } = socket as Socket & {
    readonly _handle?: { readonly bytesWritten?: number; readonly writeQueueSize?: number } | null;
  };
  const delivered = (handle?.bytesWritten ?? 0) - (handle?.writeQueueSize ?? 0);
  return { isWaiting: socket.writableLength > 0, delivered };
}
