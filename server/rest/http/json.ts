export const JSON_TYPE = "application/json; charset=utf-8";

/** An answer in JSON, with the content type to the letter as WorkOS sends it. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, { status, headers: { "content-type": JSON_TYPE, ...headers } });
}
