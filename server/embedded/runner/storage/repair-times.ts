import type pg from "pg";

/**
 * Repairs what was stored before the database's clock was set back. Jobs and sleeping runs wait for their original delay
 * from now on, however far in the future their time was. The time of something that has happened, such as the end of a
 * run, becomes now: otherwise its row would be kept, and its event would count as known, until that time comes.
 *
 * Each statement is its own transaction, because a call locks its run before its job: locking both here could deadlock.
 */
export async function repairTimes(connection: pg.Client): Promise<void> {
  await connection.query(
    `UPDATE runner.jobs SET wake_at = now() + (wake_at - scheduled_at), scheduled_at = now() WHERE scheduled_at > now()`,
  );
  await connection.query(
    `UPDATE runner.runs SET resume_at = now() + (resume_at - coalesce(resume_set_at, started_at)), resume_set_at = now()
     WHERE status = 'open' AND coalesce(resume_set_at, started_at) > now()`,
  );
  await connection.query("UPDATE runner.runs SET started_at = now() WHERE started_at > now()");
  await connection.query("UPDATE runner.runs SET finished_at = now() WHERE finished_at > now()");
  await connection.query("UPDATE runner.events SET received_at = now() WHERE received_at > now()");
  await connection.query("UPDATE runner.events SET dispatched_at = now() WHERE dispatched_at > now()");
}
