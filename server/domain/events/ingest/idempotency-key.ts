import { invalidInput } from "@/server/kernel/parse";

/**
 * Returns the idempotency key of an event. It is in the request's header or in the body next to the event.
 * @throws DomainError `invalid_input` if both have one and they differ: following one would ignore the other
 */
export function idempotencyKeyOf(header: string | null, body: string | null): string | null {
  if (header === null || body === null || header === body) return header ?? body;
  const message = "differs from the Idempotency-Key header; send only one of them";
  throw invalidInput([{ code: "conflicting_keys", field: "idempotency_key", message }]);
}

/** Returns the key in a body that may be invalid, to keep it with a rejected event. */
export function keyInBody(body: unknown): string | null {
  const key = typeof body === "object" && body !== null && "idempotency_key" in body ? body.idempotency_key : null;
  return typeof key === "string" && key !== "" ? key : null;
}
