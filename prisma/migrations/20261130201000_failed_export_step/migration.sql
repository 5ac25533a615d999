-- Tells an export whose step failed, and which is retried later, from one whose run is lost.
ALTER TABLE "audit_log_export" ADD COLUMN     "step_failed" BOOLEAN NOT NULL DEFAULT false;
