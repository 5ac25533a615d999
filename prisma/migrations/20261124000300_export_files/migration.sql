-- AlterEnum
ALTER TYPE "ExportFormat" ADD VALUE 'csv_excel';

-- AlterTable
ALTER TABLE "audit_log_export" ADD COLUMN     "file_deleted_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "audit_log_export_file_deleted_at_finished_at_idx" ON "audit_log_export"("file_deleted_at", "finished_at");
