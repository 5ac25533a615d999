/** Returns a random whole number below `most`. */
export function pick(most: number): number {
  return Math.floor(Math.random() * most);
}

/** Returns an event as a sender would write it, with a random actor and document. */
export function sampleEvent(organizationId: string | undefined, requestId: string, action = "document.updated") {
  const actor = pick(1000);
  return {
    organization_id: organizationId,
    event: {
      action,
      occurred_at: new Date().toISOString(),
      actor: { id: `user_${actor}`, type: "user", name: `Person ${actor}` },
      targets: [{ id: `document_${pick(100_000)}`, type: "document", name: "The document" }],
      context: { location: "192.0.2.1", user_agent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/141.0 Safari/537.36" },
      metadata: { request_id: requestId, attempt: 1, internal: true },
    },
  };
}
