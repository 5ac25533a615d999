import type { BlobStore } from "@/server/services";
import { diskBlobStore } from "./disk";

/**
 * The store behind an address: `file:///a/directory`.
 * @throws Error naming the schemes that are known
 */
export function openBlobStore(address: string): BlobStore {
  const { protocol } = new URL(address);
  if (protocol === "file:") return diskBlobStore(address);
  throw new Error(`BLOB_STORE_URL begins with ${protocol}//, but only file:// is supported.`);
}
