-- Set for a period such as 6_MONTHS, which ends by the calendar.
ALTER TABLE retention_policy ADD COLUMN months integer;

-- Returns the time before which a policy deletes events: never earlier than its days, nor than its months of the calendar.
CREATE FUNCTION log.retention_cutoff(moment timestamptz, days int, months int) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
  SELECT least(
    moment - make_interval(hours => 24 * days),
    (moment AT TIME ZONE 'UTC' - make_interval(months => coalesce(months, 0))) AT TIME ZONE 'UTC'
  )
$$;

CREATE OR REPLACE FUNCTION log.month_is_expired(name text, month_end timestamptz, moment timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  organization int := 0;
BEGIN
  LOOP
    EXECUTE format('SELECT e.organization_pk FROM log.%I e WHERE e.organization_pk > $1 ORDER BY e.organization_pk LIMIT 1', name)
      INTO organization USING organization;
    IF organization IS NULL THEN
      RETURN true;
    END IF;
    IF NOT EXISTS (
      SELECT FROM public.retention_policy p
      WHERE p.organization_pk = organization AND month_end <= log.retention_cutoff(moment, p.days, p.months)
    ) OR EXISTS (SELECT FROM public.audit_log_export x WHERE x.organization_pk = organization AND x.state = 'pending') THEN
      RETURN false;
    END IF;
  END LOOP;
END
$$;

-- Processes keep an organization's retention together with the organization.
CREATE FUNCTION public.announce_retention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.announce('organization ' || o.environment_pk || ':' || o.id) FROM public.organization o
    WHERE o.pk = CASE WHEN TG_OP = 'DELETE' THEN OLD.organization_pk ELSE NEW.organization_pk END;
  RETURN NULL;
END
$$;
CREATE TRIGGER announce_retention AFTER INSERT OR DELETE OR UPDATE ON public.retention_policy
  FOR EACH ROW EXECUTE FUNCTION public.announce_retention();
