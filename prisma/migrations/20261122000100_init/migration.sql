-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('owner', 'admin', 'member', 'viewer');

-- CreateEnum
CREATE TYPE "EnvironmentKind" AS ENUM ('staging', 'production');

-- CreateEnum
CREATE TYPE "DomainState" AS ENUM ('failed', 'legacy_verified', 'pending', 'unverified', 'verified');

-- CreateEnum
CREATE TYPE "ExportState" AS ENUM ('pending', 'ready', 'error');

-- CreateTable
CREATE TABLE "workspace" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "password_hash" TEXT,
    "sessions_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "environment" (
    "pk" SERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "EnvironmentKind" NOT NULL,
    "strict_actions" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "environment_pkey" PRIMARY KEY ("pk")
);

-- CreateTable
CREATE TABLE "redirect_origin" (
    "environment_pk" INTEGER NOT NULL,
    "origin" TEXT NOT NULL,

    CONSTRAINT "redirect_origin_pkey" PRIMARY KEY ("environment_pk","origin")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "environment_pk" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "pk" SERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "environment_pk" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "external_id" TEXT,
    "stripe_customer_id" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("pk")
);

-- CreateTable
CREATE TABLE "organization_domain" (
    "id" TEXT NOT NULL,
    "environment_pk" INTEGER NOT NULL,
    "organization_pk" INTEGER NOT NULL,
    "domain" TEXT NOT NULL,
    "state" "DomainState" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_domain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "action" (
    "id" TEXT NOT NULL,
    "environment_pk" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "action_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_log_schema" (
    "id" TEXT NOT NULL,
    "action_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "targets" JSONB NOT NULL,
    "actor_metadata" JSONB,
    "metadata" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_log_schema_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_log_export" (
    "id" TEXT NOT NULL,
    "organization_pk" INTEGER NOT NULL,
    "state" "ExportState" NOT NULL DEFAULT 'pending',
    "filters" JSONB NOT NULL,
    "cut_off" TIMESTAMPTZ(3),
    "rows_total" INTEGER,
    "rows_done" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "sha256" BYTEA,
    "upload_id" TEXT,
    "failure" TEXT,
    "requested_by" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_log_export_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal_link" (
    "id" TEXT NOT NULL,
    "organization_pk" INTEGER NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "intent" TEXT NOT NULL,
    "return_url" TEXT,
    "success_url" TEXT,
    "created_by" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "redeemed_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "portal_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal_session" (
    "id" TEXT NOT NULL,
    "link_id" TEXT NOT NULL,
    "organization_pk" INTEGER NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "portal_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "retention_policy" (
    "organization_pk" INTEGER NOT NULL,
    "days" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "retention_policy_pkey" PRIMARY KEY ("organization_pk")
);

-- CreateTable
CREATE TABLE "activity" (
    "id" TEXT NOT NULL,
    "environment_pk" INTEGER NOT NULL,
    "organization_pk" INTEGER,
    "action" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "occurred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "member_email_key" ON "member"("email");

-- CreateIndex
CREATE INDEX "member_workspace_id_idx" ON "member"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "environment_id_key" ON "environment"("id");

-- CreateIndex
CREATE INDEX "environment_workspace_id_idx" ON "environment"("workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_secret_hash_key" ON "api_key"("secret_hash");

-- CreateIndex
CREATE INDEX "api_key_environment_pk_idx" ON "api_key"("environment_pk");

-- CreateIndex
CREATE UNIQUE INDEX "organization_id_key" ON "organization"("id");

-- CreateIndex
CREATE INDEX "organization_environment_pk_id_idx" ON "organization"("environment_pk", "id");

-- CreateIndex
CREATE INDEX "organization_environment_pk_name_idx" ON "organization"("environment_pk", "name");

-- CreateIndex
CREATE UNIQUE INDEX "organization_environment_pk_external_id_key" ON "organization"("environment_pk", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "organization_environment_pk_stripe_customer_id_key" ON "organization"("environment_pk", "stripe_customer_id");

-- CreateIndex
CREATE INDEX "organization_domain_organization_pk_idx" ON "organization_domain"("organization_pk");

-- CreateIndex
CREATE UNIQUE INDEX "organization_domain_environment_pk_domain_key" ON "organization_domain"("environment_pk", "domain");

-- CreateIndex
CREATE UNIQUE INDEX "action_environment_pk_name_key" ON "action"("environment_pk", "name");

-- CreateIndex
CREATE UNIQUE INDEX "audit_log_schema_action_id_version_key" ON "audit_log_schema"("action_id", "version");

-- CreateIndex
CREATE INDEX "audit_log_export_organization_pk_id_idx" ON "audit_log_export"("organization_pk", "id");

-- CreateIndex
CREATE INDEX "audit_log_export_state_created_at_idx" ON "audit_log_export"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "portal_link_token_hash_key" ON "portal_link"("token_hash");

-- CreateIndex
CREATE INDEX "portal_link_organization_pk_id_idx" ON "portal_link"("organization_pk", "id");

-- CreateIndex
CREATE UNIQUE INDEX "portal_session_token_hash_key" ON "portal_session"("token_hash");

-- CreateIndex
CREATE INDEX "portal_session_organization_pk_idx" ON "portal_session"("organization_pk");

-- CreateIndex
CREATE INDEX "activity_environment_pk_id_idx" ON "activity"("environment_pk", "id");

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "environment" ADD CONSTRAINT "environment_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redirect_origin" ADD CONSTRAINT "redirect_origin_environment_pk_fkey" FOREIGN KEY ("environment_pk") REFERENCES "environment"("pk") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_environment_pk_fkey" FOREIGN KEY ("environment_pk") REFERENCES "environment"("pk") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization" ADD CONSTRAINT "organization_environment_pk_fkey" FOREIGN KEY ("environment_pk") REFERENCES "environment"("pk") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization_domain" ADD CONSTRAINT "organization_domain_organization_pk_fkey" FOREIGN KEY ("organization_pk") REFERENCES "organization"("pk") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action" ADD CONSTRAINT "action_environment_pk_fkey" FOREIGN KEY ("environment_pk") REFERENCES "environment"("pk") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_log_schema" ADD CONSTRAINT "audit_log_schema_action_id_fkey" FOREIGN KEY ("action_id") REFERENCES "action"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_log_export" ADD CONSTRAINT "audit_log_export_organization_pk_fkey" FOREIGN KEY ("organization_pk") REFERENCES "organization"("pk") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portal_link" ADD CONSTRAINT "portal_link_organization_pk_fkey" FOREIGN KEY ("organization_pk") REFERENCES "organization"("pk") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portal_session" ADD CONSTRAINT "portal_session_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "portal_link"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portal_session" ADD CONSTRAINT "portal_session_organization_pk_fkey" FOREIGN KEY ("organization_pk") REFERENCES "organization"("pk") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retention_policy" ADD CONSTRAINT "retention_policy_organization_pk_fkey" FOREIGN KEY ("organization_pk") REFERENCES "organization"("pk") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity" ADD CONSTRAINT "activity_environment_pk_fkey" FOREIGN KEY ("environment_pk") REFERENCES "environment"("pk") ON DELETE CASCADE ON UPDATE CASCADE;
