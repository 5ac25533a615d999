-- AlterTable
ALTER TABLE "rejected_event" ADD COLUMN     "idempotency_key" TEXT,
ADD COLUMN     "replayed_at" TIMESTAMPTZ(3),
ADD COLUMN     "replayed_event_id" TEXT;
