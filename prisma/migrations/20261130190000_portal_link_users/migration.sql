-- The ID of the person in the vendor's application for whom a portal link was created, by which it can be revoked.
ALTER TABLE "portal_link" ADD COLUMN "external_user_id" TEXT;

-- CreateIndex
CREATE INDEX "portal_link_organization_pk_external_user_id_idx" ON "portal_link"("organization_pk", "external_user_id");
