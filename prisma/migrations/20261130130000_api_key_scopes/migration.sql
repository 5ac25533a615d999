-- Existing keys, and keys that the previous version creates while it still serves, may do everything.
ALTER TABLE "api_key" ADD COLUMN     "created_by" JSONB,
ADD COLUMN     "last_used_address" TEXT,
ADD COLUMN     "scopes" TEXT[] DEFAULT ARRAY['events:write', 'events:read', 'exports', 'portal', 'manage']::TEXT[];

-- Also announces changed scopes. Not last_used_at and last_used_address, which are written while events come in.
CREATE OR REPLACE TRIGGER announce_api_key
  AFTER INSERT OR DELETE OR UPDATE OF secret_hash, revoked_at, name, environment_pk, scopes ON public.api_key
  FOR EACH ROW EXECUTE FUNCTION public.announce_api_key();
