import { eventBody, sentEvent } from "@/schemas/events/event-body";
import type { EventVerdict } from "@/schemas/events/event-validation";
import { parseExactJson } from "@/schemas/exact-json";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { DomainError, type Violation } from "@/server/kernel/errors";
import { isOversizedJson, MAX_JSON_LEVELS, MAX_JSON_VALUES } from "@/server/kernel/json-size";
import { parse } from "@/server/kernel/parse";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { findViolations } from "./require-valid-event";

/**
 * Checks whether the API would accept an event now. `text` is JSON in the API's format: a whole request body or only the
 * event. Stores nothing and registers no action.
 */
export async function tryEvent(scope: EnvironmentScope, text: string): Promise<EventVerdict> {
  const rejected = (violations: readonly Violation[]): EventVerdict => ({ accepted: false, violations });
  if (isOversizedJson(text)) {
    const message = `has more than ${MAX_JSON_VALUES} values or ${MAX_JSON_LEVELS} levels`;
    return rejected([{ code: "too_large", field: "event", message }]);
  }
  let body: unknown;
  try {
    body = parseExactJson(text);
  } catch (error) {
    return rejected([{ code: "invalid_json", message: `Invalid JSON: ${String(error).replace(/^\w+: /, "")}` }]);
  }
  try {
    // A value with a property `event` is a request body; any other is the event itself.
    const isBody = typeof body === "object" && body !== null && "event" in body;
    const { organization_id, event } = isBody
      ? parse(eventBody, body)
      : { organization_id: null, event: parse(sentEvent, body) };
    if (organization_id !== null) await scopeToOrganization(scope, organization_id);
    const { violations, versions } = await findViolations(scope, event);
    if (violations.length > 0) return rejected(violations);
    const { action, version } = event;
    return { accepted: true, action, version, versions, organizationId: organization_id };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === "unavailable") throw error;
    const { violations, wireCode } = error.details;
    return rejected(violations ?? [{ code: wireCode ?? error.code, field: "organization_id", message: error.message }]);
  }
}
