import type { Server } from "node:http";
import type { Socket } from "node:net";
import { networkOf } from "@/server/auth/client-address";
import { rawResponse } from "@/server/rest/http/raw-response";
import { RecentCounts } from "./recent-counts";

/** Connections that a process accepts, if it may open that many files. */
const MAX_CONNECTIONS = 8_000;
/** New connections of one address within two seconds; more are reset at once. A sender may use one per request. */
const MAX_NEW_CONNECTIONS = 2_000;
/** Room above the limit of the process for connections that are told about it. */
const BACKSTOP = 100;
/** The file descriptors that are assumed if the system does not say; the smallest usual limit. */
const ASSUMED_FILES = 1_024;

interface Limits {
  readonly process: number;
  /** Null if all connections come from our own proxies. */
  readonly address: number | null;
  /** How many connections an address may open within two seconds; only if it has a limit. */
  readonly opened?: number;
}

/** The open connections of one address. Both sets are in the order in which connections were added. */
interface Share {
  size: number;
  /** Connections without any complete request. */
  readonly fresh: Set<Socket>;
  /** Connections whose requests all have their responses. */
  readonly idle: Set<Socket>;
}

/**
 * Limits a server's open connections, altogether and per address. At a limit, a new connection replaces an idle one: of its
 * address, or of the address with the most connections. First to go are those that never sent a request, oldest first. Only
 * if all of them are in use, the new one gets 429 or 503. Behind trusted proxies, connections say nothing about clients, so
 * only the limit of the process applies. An address that keeps opening connections by the thousand gets no response at all,
 * because even closing a connection with one takes time.
 */
export function limitConnections(
  server: Server,
  { publicUrl, trustedProxies }: { readonly publicUrl: string; readonly trustedProxies: number },
  limits = limitsOfProcess(trustedProxies),
): void {
  const shares = new Map<string, Share>();
  const connections = new Map<Socket, { readonly address: string; readonly share: Share; requests: number }>();
  const opened = new RecentCounts();
  server.maxConnections = limits.process + BACKSTOP;

  const remove = (socket: Socket) => {
    const connection = connections.get(socket);
    if (!connection) return;
    connections.delete(socket);
    const { address, share } = connection;
    share.fresh.delete(socket);
    share.idle.delete(socket);
    share.size -= 1;
    if (share.size === 0) shares.delete(address);
  };
  /** Closes a connection of the share that no request uses. Returns whether there was one. */
  const evict = (share: Share): boolean => {
    const [socket] = share.fresh.size > 0 ? share.fresh : share.idle;
    if (!socket) return false;
    remove(socket);
    socket.destroy();
    return true;
  };
  const evictFromLargest = (): boolean => {
    let largest: Share | null = null;
    for (const share of shares.values()) {
      const isEvictable = share.fresh.size + share.idle.size > 0;
      if (isEvictable && share.size > (largest?.size ?? 0)) largest = share;
    }
    return largest !== null && evict(largest);
  };
  const reject = (socket: Socket, status: number, message: string) => {
    socket.on("error", () => undefined);
    socket.end(rawResponse(publicUrl, { status, message, headers: { "retry-after": "5" } }));
    socket.destroySoon();
  };

  server.on("connection", (socket: Socket) => {
    const address = networkOf(socket);
    if (limits.address !== null) {
      const now = performance.now();
      opened.add(address, now);
      if (opened.of(address, now) > (limits.opened ?? MAX_NEW_CONNECTIONS)) return void socket.resetAndDestroy();
    }
    const known = shares.get(address);
    if (limits.address !== null && known && known.size >= limits.address && !evict(known)) {
      return reject(socket, 429, `Your address has ${limits.address} connections in use. Try again in a few seconds.`);
    }
    if (connections.size >= limits.process && !evictFromLargest()) {
      return reject(socket, 503, "The server has too many connections in use. Try again in a few seconds.");
    }
    // The evicted connection may have been the address's last.
    let share = shares.get(address);
    if (!share) shares.set(address, (share = { size: 0, fresh: new Set(), idle: new Set() }));
    share.size += 1;
    share.fresh.add(socket);
    connections.set(socket, { address, share, requests: 0 });
    socket.once("close", () => remove(socket));
  });
  server.prependListener("request", ({ socket }, response) => {
    const connection = connections.get(socket);
    if (!connection) return;
    connection.requests += 1;
    connection.share.fresh.delete(socket);
    connection.share.idle.delete(socket);
    response.once("close", () => {
      connection.requests -= 1;
      if (connection.requests === 0 && connections.has(socket)) connection.share.idle.add(socket);
    });
  });
}

/** A quarter of the file descriptors stays free for files, the database and the blob store. */
function limitsOfProcess(trustedProxies: number): Limits {
  const forProcess = Math.min(MAX_CONNECTIONS, Math.floor(fileLimit() * 0.75) - BACKSTOP);
  return { process: forProcess, address: trustedProxies > 0 ? null : Math.floor(forProcess / 4) };
}

/** Returns how many files and connections this process may have open. */
function fileLimit(): number {
  // Node's types don't describe the report, and Windows has no such limit.
  const report = process.report.getReport() as unknown as {
    readonly userLimits?: { readonly open_files?: { readonly soft?: number | "unlimited" } };
  };
  const limit = report.userLimits?.open_files?.soft ?? ASSUMED_FILES;
  return limit === "unlimited" ? Infinity : limit;
}
