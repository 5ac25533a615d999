import { setTimeout as pause } from "node:timers/promises";
import { saveFailedStep, saveHeartbeat } from "@/server/domain/exports/export-store";
import { HEARTBEAT_INTERVAL } from "@/server/domain/exports/schedule";
import type { Services } from "@/server/kernel/services";

/**
 * Runs long work on an export and saves a heartbeat each second. Once the export is no longer pending, for example
 * because it was canceled, `signal` is aborted and the work must throw its reason. The signal is also aborted when the
 * work has ended, which stops whatever the work left running. A failure is saved too, because no heartbeats come until the
 * retry.
 * @param heartbeat saves a heartbeat and returns whether the export is still pending; may save progress as well
 * @returns the result of the work, or null if it was aborted
 */
export async function whilePending<Result>(
  services: Services,
  exportId: string,
  work: (signal: AbortSignal) => Promise<Result>,
  heartbeat = () => saveHeartbeat(services, exportId),
): Promise<Result | null> {
  const controller = new AbortController();
  const beating = repeat(heartbeat, controller);
  const end = async () => {
    // Compression reads ahead and would otherwise wait for rows that are no longer needed.
    controller.abort();
    await beating;
  };
  try {
    const result = await work(controller.signal);
    await end();
    return result;
  } catch (error) {
    const isAborted = controller.signal.aborted;
    await end();
    if (isAborted) return null;
    // After the last heartbeat, which resets it. If the database is unavailable, the export is only resumed too soon.
    await saveFailedStep(services, exportId).catch(() => undefined);
    throw error;
  }
}

async function repeat(heartbeat: () => Promise<boolean>, controller: AbortController): Promise<void> {
  const { signal } = controller;
  while (!signal.aborted) {
    await pause(HEARTBEAT_INTERVAL, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    // If the database is unavailable, the work itself fails.
    const isPending = await heartbeat().catch(() => true);
    if (!isPending) controller.abort();
  }
}
