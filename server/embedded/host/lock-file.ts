import { close, ftruncate, write } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { HeartbeatTiming } from "./heartbeat";
import { type LockHolder, readHolder, writeHolder } from "./lock-holder.mjs";
import { identifyNamespace, identifyProcess } from "./process-identity.mjs";

const writeText = promisify(write);

/** The file of a lock that this process holds. It says who holds the lock and, until `release`, has a heartbeat. */
export class LockFile {
  readonly #holder: LockHolder;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(
    readonly path: string,
    readonly fd: number,
    hasKernelLock: boolean,
  ) {
    this.#holder = {
      pid: process.pid,
      identity: String(identifyProcess(process.pid)),
      isStopping: false,
      ...identifyNamespace(),
      hasKernelLock,
      heartbeat: "",
    };
  }

  /**
   * Writes the holder. Without a lock in the kernel, another start may do this at the same time: waits for its write.
   * Returns whether this process is the holder.
   */
  async claim({ interval }: HeartbeatTiming): Promise<boolean> {
    await this.write();
    if (this.#holder.hasKernelLock) return true;
    await sleep(interval);
    return this.isOwn();
  }

  /** Writes a heartbeat in each interval. Without a lock in the kernel, another start takes over if these stop. */
  beat({ interval }: HeartbeatTiming, onLost: () => void): void {
    this.#timer = setInterval(() => {
      if (!this.#holder.hasKernelLock && !this.isOwn()) {
        clearInterval(this.#timer);
        return onLost();
      }
      // On a full disk, this text still replaces the last one. If it can't be written, only other machines miss it.
      void this.write().catch(() => undefined);
    }, interval);
    this.#timer.unref();
  }

  announceStop(): Promise<void> {
    this.#holder.isStopping = true;
    return this.write();
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing.catch(() => undefined);
    await promisify(ftruncate)(this.fd, 0);
    await promisify(close)(this.fd);
  }

  private isOwn(): boolean {
    const current = readHolder(this.path);
    return current?.identity === this.#holder.identity && current.namespace === this.#holder.namespace;
  }

  /** In place: a new file would not have the kernel's lock. */
  private write(): Promise<void> {
    const next = this.#writing
      .catch(() => undefined)
      .then(async () => {
        const text = writeHolder({ ...this.#holder, heartbeat: new Date().toISOString() });
        await writeText(this.fd, text, 0);
        await promisify(ftruncate)(this.fd, Buffer.byteLength(text));
      });
    this.#writing = next;
    return next;
  }
}
