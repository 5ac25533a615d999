const SAFE_KEY = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/;
const SAFE_UPLOAD = /^[0-9a-f]{32}$/;

/**
 * Returns the key if it is a safe path: no empty, hidden or parent folders, and no special characters.
 * @throws Error otherwise
 */
export function safeKey(key: string): string {
  return safe(key, SAFE_KEY);
}

/** Does the same for the ID of an upload, which is 32 hex digits. */
export function safeUpload(uploadId: string): string {
  return safe(uploadId, SAFE_UPLOAD);
}

export function isUploadId(name: string): boolean {
  return SAFE_UPLOAD.test(name);
}

function safe(name: string, shape: RegExp): string {
  if (!shape.test(name)) throw new Error(`Invalid blob name: ${JSON.stringify(name)}`);
  return name;
}
