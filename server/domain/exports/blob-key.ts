/** Where the blob store keeps an export's file. */
export function blobKey(exportId: string): string {
  return `exports/${exportId}.csv`;
}
