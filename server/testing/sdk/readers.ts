import { z } from "zod";

// These schemas reject every response with which one of the SDKs would throw or return wrong data.

/** Java 4 parses with `yyyy-MM-dd'T'HH:mm:ss.SSSX`: exactly three digits. */
const date = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const cursor = z.string().min(1).nullable();
const metadata = z.record(z.string(), z.string());

const domain = z.object({
  object: z.literal("organization_domain"),
  id: z.string().startsWith("org_domain_"),
  organization_id: z.string().startsWith("org_"),
  domain: z.string(),
  // PHP 9 throws on any other state.
  state: z.enum(["failed", "legacy_verified", "pending", "unverified", "verified"]),
  created_at: date,
  updated_at: date,
});

/** Python 5 needs the boolean and the literals, Python 10 every field, PHP 9 metadata that is not null. */
export const organization = z.object({
  object: z.literal("organization"),
  id: z.string().startsWith("org_"),
  name: z.string(),
  allow_profiles_outside_organization: z.boolean(),
  external_id: z.string().nullable(),
  metadata,
  domains: z.array(domain),
  created_at: date,
  updated_at: date,
});

/** Ruby 5 reads `listMetadata`, all others `list_metadata`. Null ends the list; an empty string would make Go loop forever. */
export function listOf<Item extends z.ZodType>(item: Item) {
  const cursors = z.strictObject({ before: cursor, after: cursor });
  return z.object({ object: z.literal("list"), data: z.array(item), list_metadata: cursors, listMetadata: cursors });
}

/** Java 4 and .NET 2 throw on any other state. */
const state = z.enum(["pending", "ready", "error"]);
const anExport = {
  object: z.literal("audit_log_export"),
  id: z.string().startsWith("audit_log_export_"),
  created_at: date,
  updated_at: date,
};
export const exportInAnyState = z.object({ ...anExport, state, url: z.url().optional() });
export const pendingExport = z.object({ ...anExport, state: z.literal("pending"), url: z.never().optional() });
export const readyExport = z.object({ ...anExport, state: z.literal("ready"), url: z.url() });

/** Python 5 supports only these property types. */
const properties = z.record(z.string(), z.object({ type: z.enum(["string", "number", "boolean"]) }));
const metadataSchema = z.object({ type: z.literal("object"), properties });
export const schema = z.object({
  object: z.literal("audit_log_schema"),
  version: z.number().int().min(1),
  targets: z.array(z.object({ type: z.string(), metadata: metadataSchema.optional() })).min(1),
  actor: z.object({ metadata: metadataSchema }).optional(),
  metadata: metadataSchema.optional(),
  created_at: date,
});
export const action = z.object({
  object: z.literal("audit_log_action"),
  name: z.string(),
  schema,
  created_at: date,
  updated_at: date,
});

/** PHP 4 and 9 and Python 10 read the value; Ruby 10 needs any body. */
export const success = z.strictObject({ success: z.literal(true) });
export const link = z.object({ link: z.url() });
export const retention = z.strictObject({ retention_period_in_days: z.number().int().nullable() });
/** Python 5 and Java 7 do not allow null here. */
export const configuration = z.object({
  organization_id: z.string(),
  retention_period_in_days: z.number().int(),
  state: z.enum(["active", "inactive", "disabled"]),
  log_stream: z.object({}).optional(),
});

/** A `message`, no `error` (Node's OauthException), and no `errors` unless they are objects (Java 4, .NET 6). */
export const failure = z
  .object({
    message: z.string().min(1),
    code: z.string().optional(),
    errors: z
      .array(z.object({ code: z.string(), field: z.string().optional(), instancePath: z.string().optional() }))
      .min(1)
      .optional(),
    error: z.never().optional(),
  })
  .loose();
/** Ruby 5 and Node build their message from these two. */
export const unprocessable = z.object({
  message: z.string(),
  errors: z.array(z.object({ field: z.string(), code: z.string() })).min(1),
});
export const anything = z.unknown();
