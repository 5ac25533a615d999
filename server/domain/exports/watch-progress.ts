import type { Services } from "@/server/services";
import { noteProgress } from "./pending-export";

/** Milliseconds between two notes of the progress, and looks whether the file is still wanted. */
const NOTE_EVERY = 1000;

/**
 * Notes every second how far the file of an export has come, until `end`. The signal aborts when the export is no longer
 * pending; `note` does it once more and answers whether it still is.
 */
export function watchProgress(
  services: Services,
  exportId: string,
  reached: () => { readonly rows: number; readonly bytes: number },
) {
  const stopped = new AbortController();
  const note = async () => {
    const pending = await noteProgress(services, exportId, reached());
    if (!pending) stopped.abort();
    return pending;
  };
  const timer = setInterval(() => {
    note().catch((error: unknown) =>
      services.log.warn({ exportId, error: String(error) }, "the progress of an export could not be noted"),
    );
  }, NOTE_EVERY);
  return { signal: stopped.signal, note, end: () => clearInterval(timer) };
}
