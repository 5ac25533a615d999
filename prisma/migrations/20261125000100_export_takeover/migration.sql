-- AlterTable
ALTER TABLE "audit_log_export" ADD COLUMN     "leftover_looks" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "resume_tries" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "resumed_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "audit_log_export_leftover_looks_finished_at_idx" ON "audit_log_export"("leftover_looks", "finished_at");
