const SAFE_KEY = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/;
const SAFE_UPLOAD = /^[0-9a-f]{32}$/;

/** The key, when it leads nowhere but to itself: no empty, hidden or parent folders, no characters that mean something. */
export function safeKey(key: string): string {
  return safe(key, SAFE_KEY);
}

/** The same for the name of an upload, which is 32 hex digits. */
export function safeUpload(uploadId: string): string {
  return safe(uploadId, SAFE_UPLOAD);
}

export function isUploadName(name: string): boolean {
  return SAFE_UPLOAD.test(name);
}

function safe(name: string, shape: RegExp): string {
  if (!shape.test(name)) throw new Error(`Not a name for a blob: ${JSON.stringify(name)}`);
  return name;
}
