/** Returns the key of an export's file in the blob store. */
export function blobKey(exportId: string): string {
  return `exports/${exportId}.csv`;
}
