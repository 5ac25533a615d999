/**
 * Node's options for the worker: a small nursery (MB), since an export's rows, which are let go at once, would fill a
 * large one before anything is collected, and stay resident.
 */
export const WORKER_OPTIONS = ["--max-semi-space-size=4"];
