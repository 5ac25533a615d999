-- CreateEnum
CREATE TYPE "PortalSessionEnd" AS ENUM ('customer', 'vendor');

-- AlterTable
ALTER TABLE "portal_session" ADD COLUMN     "ended_by" "PortalSessionEnd";

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "portal_accent" TEXT;

-- CreateTable
CREATE TABLE "portal_logo" (
    "workspace_id" TEXT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "content_type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "image" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "portal_logo_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateIndex
CREATE INDEX "portal_logo_sha256_idx" ON "portal_logo"("sha256");

-- AddForeignKey
ALTER TABLE "portal_logo" ADD CONSTRAINT "portal_logo_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
