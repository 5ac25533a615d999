-- AlterTable
ALTER TABLE "audit_log_export" ADD COLUMN     "cancelled_at" TIMESTAMPTZ(3);

-- What was cancelled before is known by its words alone.
UPDATE "audit_log_export" SET "cancelled_at" = "finished_at" WHERE "state" = 'error' AND "failure" LIKE 'Cancelled by %';
