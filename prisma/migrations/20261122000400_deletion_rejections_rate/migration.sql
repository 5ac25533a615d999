-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "rejected_event" (
    "id" TEXT NOT NULL,
    "environment_pk" INTEGER NOT NULL,
    "organization_id" TEXT,
    "action" TEXT,
    "body" JSON NOT NULL,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "violations" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rejected_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_window" (
    "environment_pk" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "reserved" INTEGER NOT NULL,

    CONSTRAINT "rate_window_pkey" PRIMARY KEY ("environment_pk","starts_at")
);

-- CreateIndex
CREATE INDEX "rejected_event_environment_pk_id_idx" ON "rejected_event"("environment_pk", "id");

-- CreateIndex
CREATE INDEX "rejected_event_created_at_idx" ON "rejected_event"("created_at");

-- CreateIndex
CREATE INDEX "rate_window_starts_at_idx" ON "rate_window"("starts_at");

-- AddForeignKey
ALTER TABLE "rejected_event" ADD CONSTRAINT "rejected_event_environment_pk_fkey" FOREIGN KEY ("environment_pk") REFERENCES "environment"("pk") ON DELETE CASCADE ON UPDATE CASCADE;
