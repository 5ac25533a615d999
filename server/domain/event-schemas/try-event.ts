import { eventBody, sentEvent } from "@/schemas/events/event-body";
import type { EventVerdict } from "@/schemas/events/event-validation";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { DomainError, type Violation } from "@/server/kernel/errors";
import { parse } from "@/server/kernel/parse";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { findViolations } from "./require-valid-event";

/**
 * Says of an event in the wire's spelling, as JSON text, what would be refused if it were sent now: the whole body of a
 * request, or the event alone. Stores nothing, and registers no action.
 */
export async function tryEvent(scope: EnvironmentScope, text: string): Promise<EventVerdict> {
  const refused = (violations: readonly Violation[]): EventVerdict => ({ accepted: false, violations });
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return refused([{ code: "invalid_json", message: `This is not JSON: ${String(error).replace(/^\w+: /, "")}` }]);
  }
  try {
    // What has an event within is a request's body; anything else is taken for the event.
    const isBody = typeof body === "object" && body !== null && "event" in body;
    const { organization_id, event } = isBody
      ? parse(eventBody, body)
      : { organization_id: null, event: parse(sentEvent, body) };
    if (organization_id !== null) await scopeToOrganization(scope, organization_id);
    const { violations, versions } = await findViolations(scope, event);
    if (violations.length > 0) return refused(violations);
    const { action, version } = event;
    return { accepted: true, action, version, versions, organizationId: organization_id };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === "unavailable") throw error;
    const { violations, wireCode } = error.details;
    return refused(violations ?? [{ code: wireCode ?? error.code, field: "organization_id", message: error.message }]);
  }
}
