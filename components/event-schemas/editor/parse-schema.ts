import type { NewEventSchema } from "@/schemas/event-schemas/event-schema";
import { eventSchemaBody } from "@/schemas/event-schemas/event-schema-body";
import { parseExactJson } from "@/schemas/exact-json";
import { messageOf } from "@/schemas/issues";
import { senderPath, wirePath } from "@/schemas/wire";

type ParsedSchema =
  | { readonly ok: true; readonly schema: NewEventSchema }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Parses a schema from JSON by the rules of the REST API. Returns the schema, or up to 10 problems. */
export function parseSchema(text: string): ParsedSchema {
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch (error) {
    return { ok: false, problems: [`Invalid JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const result = eventSchemaBody.safeParse(value, { reportInput: true });
  if (result.success) return { ok: true, schema: result.data };
  const problems = result.error.issues.slice(0, 10).map((issue) => {
    const place = wirePath(senderPath(eventSchemaBody, issue.path, value));
    const message = messageOf(issue);
    return place === "" ? message : `${place}: ${message}`;
  });
  return { ok: false, problems };
}
