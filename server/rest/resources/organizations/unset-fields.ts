/** The Go SDK from 4.43 to 5.1.0, whose update of an organization sends every field, also those that its caller did not set. */
const SENDS_UNSET_FIELDS = /^workos-go\/v(?:4\.(?:4[3-9]|[5-9]\d)\.|5\.0\.|5\.1\.0(?!\d))/i;

/**
 * Returns the body of an update without the fields that its caller did not set. The affected versions of the Go SDK, which
 * the User-Agent names, send null metadata and an empty external ID, which would delete both, and spell `Name` and
 * `Domains` like their struct. From any other sender, null metadata is meant.
 */
export function withoutUnsetFields(body: unknown, userAgent: string | null): unknown {
  if (typeof body !== "object" || body === null || !SENDS_UNSET_FIELDS.test(userAgent ?? "")) return body;
  const isUnset = ([name, value]: [string, unknown]) =>
    (name === "metadata" && value === null) || (name === "external_id" && value === "");
  const fields = Object.entries(body).filter((entry) => !isUnset(entry));
  return Object.fromEntries(fields.map(([name, value]) => [name.toLowerCase(), value]));
}
