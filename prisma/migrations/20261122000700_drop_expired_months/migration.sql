-- Whether nobody keeps anything of a month's partition: each organization in it has a policy that is over for the whole
-- month, and no export of it is being written. Jumps along an index from one organization to the next.
CREATE FUNCTION log.month_is_expired(name text, month_end timestamptz, moment timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
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
      WHERE p.organization_pk = organization AND month_end <= moment - make_interval(hours => 24 * p.days)
    ) OR EXISTS (SELECT FROM public.audit_log_export x WHERE x.organization_pk = organization AND x.state = 'pending') THEN
      RETURN false;
    END IF;
  END LOOP;
END
$$;

-- Drops the first partition of which nobody keeps anything, and answers its name, or null when there is none. Events of
-- that month that come later are stored in the default partition.
CREATE FUNCTION log.drop_expired_month(moment timestamptz) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  name text;
  month_end timestamptz;
BEGIN
  -- Whoever waits for the table's lock makes every writer wait as well.
  PERFORM set_config('lock_timeout', '200ms', true);
  FOR name IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'log.event'::regclass AND c.relname ~ '^event_\d{4}_\d{2}$' ORDER BY c.relname
  LOOP
    month_end := (to_date(substr(name, 7), 'YYYY_MM') + interval '1 month')::timestamp AT TIME ZONE 'UTC';
    CONTINUE WHEN month_end > moment - interval '1 day' OR NOT log.month_is_expired(name, month_end, moment);
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('log.ensure_month'));
      LOCK TABLE ONLY log.event IN ACCESS EXCLUSIVE MODE;
      -- Once more, now that nobody can store anything.
      IF log.month_is_expired(name, month_end, moment) THEN
        EXECUTE format('DROP TABLE log.%I', name);
        RETURN name;
      END IF;
    EXCEPTION WHEN lock_not_available THEN
      RETURN NULL;
    END;
  END LOOP;
  RETURN NULL;
END
$$;
