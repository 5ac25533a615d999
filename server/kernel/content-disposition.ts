/**
 * Returns the `Content-Disposition` header with which a browser saves a response under this name (RFC 6266). A name with
 * letters beyond ASCII is sent as `filename*` (RFC 8187), which every browser prefers, and in ASCII for other programs.
 */
export function attachment(fileName: string): string {
  const ascii = fileName
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^ -~]+|["%\\]/g, "-");
  const plain = `attachment; filename="${ascii}"`;
  return ascii === fileName ? plain : `${plain}; filename*=UTF-8''${encoded(fileName)}`;
}

/** Encodes everything that RFC 8187 does not allow as it is. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
