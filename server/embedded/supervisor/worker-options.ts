/**
 * Node's options for the worker. The small semi-space (MB) keeps memory low during exports: their short-lived rows would
 * fill a large one completely before the first collection, and that memory would stay resident.
 */
export const WORKER_OPTIONS = ["--max-semi-space-size=4"];
