-- AlterTable
ALTER TABLE "activity" ADD COLUMN     "once_key" BYTEA,
ADD COLUMN     "workspace_id" TEXT,
ALTER COLUMN "environment_pk" DROP NOT NULL;

-- AlterTable
ALTER TABLE "member" ADD COLUMN     "last_sign_in_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "invitation" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "invited_by" JSONB NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "password_reset" (
    "member_id" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "password_reset_pkey" PRIMARY KEY ("member_id")
);

-- CreateTable
CREATE TABLE "attempt_window" (
    "key" BYTEA NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL,

    CONSTRAINT "attempt_window_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_workspace_id_email_key" ON "invitation"("workspace_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "password_reset_token_hash_key" ON "password_reset"("token_hash");

-- CreateIndex
CREATE INDEX "attempt_window_ends_at_idx" ON "attempt_window"("ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "activity_once_key_key" ON "activity"("once_key");

-- CreateIndex
CREATE INDEX "activity_workspace_id_id_idx" ON "activity"("workspace_id", "id");

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "password_reset" ADD CONSTRAINT "password_reset_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity" ADD CONSTRAINT "activity_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- An entry of an environment belongs to its workspace too, whoever writes it: the version that is being replaced does
-- not know the column, and writes on while this runs.
CREATE FUNCTION activity_workspace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT e.workspace_id INTO NEW.workspace_id FROM public.environment e WHERE e.pk = NEW.environment_pk;
  RETURN NEW;
END
$$;

CREATE TRIGGER activity_workspace BEFORE INSERT ON "activity" FOR EACH ROW
  WHEN (NEW.workspace_id IS NULL) EXECUTE FUNCTION activity_workspace();

UPDATE "activity" a SET "workspace_id" = e."workspace_id" FROM "environment" e WHERE e."pk" = a."environment_pk";

ALTER TABLE "activity" ADD CONSTRAINT "activity_workspace_known" CHECK ("workspace_id" IS NOT NULL);

-- What one person did, newest first.
CREATE INDEX "activity_workspace_id_actor_id_idx" ON "activity"("workspace_id", (("actor" ->> 'id')), "id");
