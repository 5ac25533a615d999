import type { InngestFunction } from "inngest";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/services";
import { ensurePartitionsRegularly } from "./ensure-partitions";
import { expireIdempotencyRegularly } from "./expire-idempotency";
import { sweepExportsRegularly } from "./sweep-exports";
import { writeExport } from "./write-export";

/** Every function of the worker. */
export function createFunctions(inngest: InngestClient, services: Services): InngestFunction.Any[] {
  return [
    writeExport(inngest, services),
    sweepExportsRegularly(inngest, services),
    ensurePartitionsRegularly(inngest, services),
    expireIdempotencyRegularly(inngest, services),
  ];
}
