import type { Services } from "@/server/kernel/services";

/** The times of things that have happened, by table. Maintenance goes by them, so one in the future suspends it. */
const PAST_TIMES: Readonly<Record<string, readonly string[]>> = {
  audit_log_export: ["created_at", "updated_at", "started_at", "resumed_at", "finished_at", "file_deleted_at"],
  organization: ["deleted_at"],
  rejected_event: ["created_at"],
  "log.idempotency": ["created_at"],
  member: ["sessions_from"],
};

/** The tables whose rows give access until they expire, and when each row was created. */
const ACCESS: Readonly<Record<string, string>> = {
  portal_link: "created_at",
  portal_session: "created_at",
  invitation: "sent_at",
  password_reset: "created_at",
};

/** The tables of the rate limits. */
const WINDOWS = ["attempt_window", "rate_window"];

/** Times may be this far in the future, because the clocks of several hosts differ. */
const TOLERANCE = "5 minutes";

/**
 * Repairs what was stored while the clock was ahead. What has happened in the future has happened now; links and sessions
 * that would be valid for years expire; windows of rate limits that would block someone for years end. It goes by the
 * later one of this host's clock and the database's, so a host whose clock is slow repairs nothing.
 */
export async function repairTimes(services: Services): Promise<void> {
  const now = services.now().toISOString();
  const clock = "greatest(now(), $1::timestamptz)";
  const limit = `${clock} + interval '${TOLERANCE}'`;
  for (const [table, columns] of Object.entries(PAST_TIMES)) {
    const assignments = columns.map((name) => `${name} = CASE WHEN ${name} > ${limit} THEN ${clock} ELSE ${name} END`);
    const conditions = columns.map((name) => `${name} > ${limit}`);
    await services.db.query(`UPDATE ${table} SET ${assignments.join(", ")} WHERE ${conditions.join(" OR ")}`, [now]);
  }
  for (const [table, created] of Object.entries(ACCESS)) {
    await services.db.query(
      `UPDATE ${table} SET expires_at = least(now(), $1::timestamptz) WHERE ${created} > ${limit} AND expires_at > ${clock}`,
      [now],
    );
  }
  for (const table of WINDOWS) await services.db.query(`DELETE FROM ${table} WHERE starts_at > ${limit}`, [now]);
  await repairEvents(services);
}

/**
 * Repairs the times at which events were received. Exports contain what was received before they started, so they would
 * leave these events out until that time. Reads the whole log, but only after the clock was set back.
 */
async function repairEvents({ db }: Services): Promise<void> {
  const [row] = await db.query<{ due: boolean }>("SELECT was_set_back AS due FROM runner.heartbeat", []);
  if (row?.due !== true) return;
  await db.query("UPDATE log.event SET received_at = now() WHERE received_at > now() + interval '1 minute'", []);
  await db.query("UPDATE runner.heartbeat SET was_set_back = false", []);
}
