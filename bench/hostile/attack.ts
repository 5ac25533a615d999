import { Agent } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type HttpRequest, send } from "./http-client";
import type { AttackerOutcome, Target } from "./message-types";

/** Milliseconds until a loop goes on after an error, or else one without a server would keep a core busy. */
const AFTER_ERROR = 50;

/** A running attack: its target and the responses so far. */
export class Attack {
  private readonly counts: Record<string, number> = {};
  private readonly agent = new Agent({ keepAlive: true });
  private isOver = false;

  constructor(readonly target: Target) {}

  get isRunning(): boolean {
    return !this.isOver;
  }

  get responses(): AttackerOutcome {
    return this.counts;
  }

  /** Counts a response by its status, or an error by its code. */
  count(status: string): void {
    if (this.isRunning) this.counts[status] = (this.counts[status] ?? 0) + 1;
  }

  /** Tells the parent process that the attack is going on. */
  begin(): void {
    process.send?.("started");
  }

  end(): void {
    this.isOver = true;
  }

  /** Sends requests, each loop one at a time, until the attack ends. */
  async loop(loops: number, next: () => HttpRequest): Promise<void> {
    this.begin();
    await Promise.all(Array.from({ length: loops }, () => this.repeat(next)));
  }

  private async repeat(next: () => HttpRequest): Promise<void> {
    const { port, localAddress } = this.target;
    while (this.isRunning) {
      const status = await send({
        port,
        agent: this.agent,
        ...(localAddress !== undefined && { localAddress }),
        ...next(),
      });
      this.count(status);
      if (!/^\d+$/.test(status)) await pause(AFTER_ERROR);
    }
  }

  /** Opens a connection; counts the status of the first response, or how it ended without one. */
  connect(onEnd: () => void): Socket {
    const { port, localAddress } = this.target;
    const socket = connect({ port, host: "127.0.0.1", ...(localAddress !== undefined && { localAddress }) });
    let result = "closed";
    socket
      .setEncoding("latin1")
      .once("data", (head: string) => (result = head.slice(9, 12)))
      .once("error", (error: NodeJS.ErrnoException) => (result = error.code ?? error.message))
      .once("close", () => {
        this.count(result);
        if (this.isRunning) setTimeout(onEnd, AFTER_ERROR);
      });
    return socket;
  }
}
