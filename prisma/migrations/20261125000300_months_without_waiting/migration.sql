-- Making a month's partition keeps no reader waiting for longer than a moment. The rows that move into it are moved under
-- locks that let readers through; only to attach it is the log wanted alone, so that whoever plans a statement meanwhile
-- sees the rows in one place or the other. With the indexes made before and the bounds known to hold, attaching reads
-- nothing of the new table. Where a lock is not free within a moment, nothing is changed.
-- Answers whether the partition is there.
DROP FUNCTION log.ensure_month(date);
CREATE FUNCTION log.ensure_month(day date) RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '200ms' AS $$
DECLARE
  first_day date := date_trunc('month', day);
  next_month date := first_day + interval '1 month';
  lower_bound timestamptz := first_day::timestamp AT TIME ZONE 'UTC';
  upper_bound timestamptz := next_month::timestamp AT TIME ZONE 'UTC';
  name text := 'event_' || to_char(first_day, 'YYYY_MM');
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('log.ensure_month'));
  IF to_regclass('log.' || name) IS NOT NULL THEN
    RETURN true;
  END IF;
  EXECUTE format('CREATE TABLE log.%I (LIKE log.event INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)', name);
  EXECUTE format('ALTER TABLE log.%I ADD CONSTRAINT within_month CHECK (occurred_at >= %L AND occurred_at < %L)',
    name, lower_bound, upper_bound);
  -- In the order of writers, which wait for the first and so hold nothing of the second.
  LOCK TABLE ONLY log.event IN SHARE ROW EXCLUSIVE MODE;
  LOCK TABLE log.event_default IN SHARE ROW EXCLUSIVE MODE;
  EXECUTE format(
    'WITH moved AS (DELETE FROM log.event_default WHERE occurred_at >= %L AND occurred_at < %L RETURNING *) INSERT INTO log.%I SELECT * FROM moved',
    lower_bound, upper_bound, name);
  LOCK TABLE ONLY log.event IN ACCESS EXCLUSIVE MODE;
  EXECUTE format('ALTER TABLE log.event ATTACH PARTITION log.%I FOR VALUES FROM (%L) TO (%L)', name, lower_bound, upper_bound);
  EXECUTE format('ALTER TABLE log.%I DROP CONSTRAINT within_month', name);
  RETURN true;
EXCEPTION WHEN lock_not_available THEN
  RETURN false;
END
$$;
