import type { BlobStore } from "@/server/kernel/ports/blob-store";
import { diskBlobStore } from "./disk";
import { s3BlobStore } from "./s3";
import { parseS3Address } from "./s3-settings";

/**
 * Opens the store of a URL: `file:///a/directory` or `s3://bucket/prefix`.
 * @throws Error that says what is wrong with the URL
 */
export function openBlobStore(address: string): BlobStore {
  const { protocol } = new URL(address);
  if (protocol === "file:") return diskBlobStore(address);
  if (protocol === "s3:") return s3BlobStore(parseS3Address(address));
  throw new Error(`BLOB_STORE_URL begins with ${protocol}//, but only file:// and s3:// are supported.`);
}
