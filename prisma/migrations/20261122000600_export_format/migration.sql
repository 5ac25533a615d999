-- CreateEnum
CREATE TYPE "ExportFormat" AS ENUM ('csv', 'jsonl');

-- AlterTable
ALTER TABLE "audit_log_export" ADD COLUMN     "format" "ExportFormat" NOT NULL DEFAULT 'csv',
ADD COLUMN     "gzip" BOOLEAN NOT NULL DEFAULT false;
