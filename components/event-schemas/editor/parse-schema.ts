import type { NewEventSchema } from "@/schemas/event-schemas/event-schema";
import { eventSchemaBody } from "@/schemas/event-schemas/event-schema-body";
import { wirePath } from "@/schemas/wire";

type ParsedSchema =
  | { readonly ok: true; readonly schema: NewEventSchema }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Parses a schema from JSON by the rules of the REST API. Returns the schema, or up to 10 problems. */
export function parseSchema(text: string): ParsedSchema {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [`Invalid JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const result = eventSchemaBody.safeParse(value);
  if (result.success) return { ok: true, schema: result.data };
  const problems = result.error.issues.slice(0, 10).map(({ path, message }) => {
    const place = wirePath(path).replace(/^actor_metadata/, "actor.metadata");
    return place === "" ? message : `${place}: ${message}`;
  });
  return { ok: false, problems };
}
