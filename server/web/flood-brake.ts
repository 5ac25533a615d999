import type { IncomingMessage, ServerResponse } from "node:http";
import { RecentCounts } from "./recent-counts";

/** Responses that turn a request away before it did any work: without valid credentials, too large, or over a limit. */
const REJECTIONS: ReadonlySet<number> = new Set([401, 403, 413, 429]);
/** Rejections within two seconds that have no effect. Several callers, such as tenants behind one gateway, share an address. */
const FREE = { caller: 20, address: 400 } as const;
/** How long a request waits after more of them (ms). Random, so that those of a thousand connections don't come at once. */
const delayOfFlood = () => 1_000 + Math.random() * 2_000;
/** Characters of the `Authorization` header that tell callers apart; it can have thousands. */
const MAX_CREDENTIALS = 200;

/**
 * Slows down clients that ignore rejections. A rejection takes little time, but a client with a thousand connections that
 * repeats each request at once takes all of it. After many rejections, each of its requests waits before anything looks at
 * it, so that a connection makes one request in two seconds on average. Requests with other credentials don't wait.
 */
export class FloodBrake {
  readonly #rejections = new RecentCounts();

  /** @param now returns the time in milliseconds since any point */
  constructor(
    private readonly delay = delayOfFlood,
    private readonly now = () => performance.now(),
  ) {}

  /** Calls `serve`, at once or after the delay; never if the client leaves before. */
  pass(request: IncomingMessage, response: ServerResponse, address: string, serve: () => void): void {
    const caller = `${address} ${request.headers.authorization?.slice(0, MAX_CREDENTIALS) ?? ""}`;
    response.once("finish", () => {
      if (!REJECTIONS.has(response.statusCode)) return;
      const now = this.now();
      this.#rejections.add(caller, now);
      this.#rejections.add(address, now);
    });
    const now = this.now();
    const isFlood = this.#rejections.of(caller, now) > FREE.caller || this.#rejections.of(address, now) > FREE.address;
    if (!isFlood) return serve();
    const timer = setTimeout(serve, this.delay());
    response.once("close", () => clearTimeout(timer));
  }
}
