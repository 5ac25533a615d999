import type { RecordedMigration } from "./migration-table";
import { checksumOf, type Migration } from "./read-migrations";

/**
 * Checks that this version of Trailport can continue where the database's recorded migrations end.
 * @throws Error that says who migrated the database if this version does not know one of its migrations, and names a
 * migration whose file has changed since it was applied
 */
export function checkHistory(recorded: readonly RecordedMigration[], migrations: readonly Migration[]): void {
  const known = new Map(migrations.map(({ name, sql }) => [name, sql]));
  const applied = recorded.filter(({ state }) => state === "finished");
  // Another application's migrations count even if they failed: its table must not be written to.
  const isOurs = recorded.length === 0 || recorded.some(({ name }) => known.has(name));
  const unknown = (isOurs ? applied : recorded).filter(({ name }) => !known.has(name));
  if (unknown.length > 0) {
    const names = unknown.map(({ name }) => name).join(", ");
    throw new Error(
      isOurs
        ? `A newer version of Trailport has migrated this database: this version does not know ${names}. Start the newer version, or restore a backup from before the upgrade.`
        : `Another application has migrated this database (${names}). Trailport needs a database of its own.`,
    );
  }
  for (const { name, checksum } of applied) {
    if (!checksumsOf(known.get(name) ?? "").includes(checksum)) {
      throw new Error(
        `Migration ${name} has changed since it was applied to this database. Restore its file: an applied migration must never change.`,
      );
    }
  }
}

/** Returns the checksums of a file with either kind of line ending: Git may have converted them on checkout. */
function checksumsOf(sql: string): string[] {
  const unix = sql.replaceAll("\r\n", "\n");
  return [unix, unix.replaceAll("\n", "\r\n")].map(checksumOf);
}
