-- Tells every process which remembered look-up no longer holds, once the change is committed. Nothing is said on the way
-- of an event into the log: a notification takes a lock that all commits of the server share.
CREATE FUNCTION public.announce(change text) RETURNS void LANGUAGE sql AS $$ SELECT pg_notify('trailport_changes', change) $$;

CREATE FUNCTION public.announce_api_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM public.announce('api_key ' || encode(OLD.secret_hash, 'hex')); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM public.announce('api_key ' || encode(NEW.secret_hash, 'hex')); END IF;
  RETURN NULL;
END
$$;
-- Not for last_used_at, which is written while events come in.
CREATE TRIGGER announce_api_key AFTER INSERT OR DELETE OR UPDATE OF secret_hash, revoked_at, name, environment_pk ON public.api_key
  FOR EACH ROW EXECUTE FUNCTION public.announce_api_key();

CREATE FUNCTION public.announce_organization() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.announce('organization ' || OLD.environment_pk || ':' || OLD.id);
  RETURN NULL;
END
$$;
CREATE TRIGGER announce_organization AFTER DELETE OR UPDATE OF id, name, deleted_at, environment_pk ON public.organization
  FOR EACH ROW EXECUTE FUNCTION public.announce_organization();

CREATE FUNCTION public.announce_action() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.announce('action ' || OLD.environment_pk || ':' || OLD.name);
  RETURN NULL;
END
$$;
CREATE TRIGGER announce_action AFTER DELETE OR UPDATE OF name, environment_pk ON public.action
  FOR EACH ROW EXECUTE FUNCTION public.announce_action();

CREATE FUNCTION public.announce_audit_log_schema() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.announce('action ' || a.environment_pk || ':' || a.name) FROM public.action a
    WHERE a.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.action_id ELSE NEW.action_id END;
  RETURN NULL;
END
$$;
CREATE TRIGGER announce_audit_log_schema AFTER INSERT OR DELETE OR UPDATE ON public.audit_log_schema
  FOR EACH ROW EXECUTE FUNCTION public.announce_audit_log_schema();

-- Many things are remembered together with their environment: all of them are looked up anew.
CREATE FUNCTION public.announce_everything() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.announce('*');
  RETURN NULL;
END
$$;
CREATE TRIGGER announce_environment AFTER UPDATE OR DELETE ON public.environment
  FOR EACH STATEMENT EXECUTE FUNCTION public.announce_everything();
CREATE TRIGGER announce_workspace AFTER UPDATE OR DELETE ON public.workspace
  FOR EACH STATEMENT EXECUTE FUNCTION public.announce_everything();
