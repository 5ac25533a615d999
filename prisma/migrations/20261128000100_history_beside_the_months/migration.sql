-- What is older than the first month lies in log.event_past. The default partition is left with what is dated beyond the
-- last month, which is next to nothing: to attach a month PostgreSQL reads the default partition, and nobody can store or
-- read events meanwhile. So a history of any size costs the making of a month nothing.
CREATE VIEW log.month AS
SELECT c.relname::text AS name, to_date(substr(c.relname, 7), 'YYYY_MM') AS first_day
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = 'log.event'::regclass AND c.relname ~ '^event_\d{4}_\d{2}$';

-- What was the default partition becomes the past. This once it is read with the log locked.
DO $$
DECLARE
  month date;
  index_name text;
  bound timestamptz;
BEGIN
  -- Whoever waits for the log's lock makes every writer wait as well, so it waits for moments only, again and again.
  PERFORM set_config('lock_timeout', '200ms', true);
  FOR try IN 1..240 LOOP
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('log.ensure_month'));
      LOCK TABLE ONLY log.event IN ACCESS EXCLUSIVE MODE;
      LOCK TABLE log.event_default IN ACCESS EXCLUSIVE MODE;
      EXIT;
    EXCEPTION WHEN lock_not_available THEN
      IF try = 240 THEN
        RAISE EXCEPTION 'log.event is in use without a pause, such as by a dump. Start again when that is done.';
      END IF;
      PERFORM pg_sleep(0.5);
    END;
  END LOOP;
  PERFORM set_config('lock_timeout', '0', true);

  -- From here on months follow one another without a gap; those that were dropped between others come back.
  PERFORM log.ensure_month((now() AT TIME ZONE 'UTC')::date);
  FOR month IN SELECT generate_series(min(first_day), max(first_day), '1 month') FROM log.month LOOP
    IF NOT log.ensure_month(month) THEN
      RAISE EXCEPTION 'The partition of % cannot be made now. Start again.', month;
    END IF;
  END LOOP;
  SELECT min(first_day)::timestamp AT TIME ZONE 'UTC' INTO bound FROM log.month;

  ALTER TABLE log.event DETACH PARTITION log.event_default;
  ALTER TABLE log.event_default RENAME TO event_past;
  FOR index_name IN SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = 'log.event_past'::regclass LOOP
    EXECUTE format('ALTER INDEX log.%I RENAME TO %I', index_name, replace(index_name, 'event_default', 'event_past'));
  END LOOP;
  CREATE TABLE log.event_default PARTITION OF log.event DEFAULT;
  WITH moved AS (DELETE FROM log.event_past WHERE occurred_at >= bound RETURNING *)
  INSERT INTO log.event_default SELECT * FROM moved;
  EXECUTE format('ALTER TABLE log.event_past ADD CONSTRAINT before_months CHECK (occurred_at < %L)', bound);
  EXECUTE format('ALTER TABLE log.event ATTACH PARTITION log.event_past FOR VALUES FROM (MINVALUE) TO (%L)', bound);
END
$$;

-- Attaches the past up to a bound, for who has detached it and holds the log. With a bound that is later than the last one
-- nothing is read: before_months says of every row that it is older. The constraint itself refuses nothing that the bound
-- lets in, so it may wait for its proof until the next time.
CREATE FUNCTION log.attach_past(bound timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE log.event ATTACH PARTITION log.event_past FOR VALUES FROM (MINVALUE) TO (%L)', bound);
  ALTER TABLE log.event_past DROP CONSTRAINT before_months;
  EXECUTE format('ALTER TABLE log.event_past ADD CONSTRAINT before_months CHECK (occurred_at < %L) NOT VALID', bound);
END
$$;

-- Makes the partition of one month (given by any day in it), or of the next on the way to it, since months follow one
-- another without a gap. A later month takes its rows from the default partition, under locks that let readers through
-- until it is attached. An earlier one, for a history that is to come, is made only while the past has nothing of it and is
-- small, since the past is read for it. Where a lock is not free within a moment, nothing is changed.
-- Answers whether the partition of the given month is there.
CREATE OR REPLACE FUNCTION log.ensure_month(day date) RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '200ms' AS $$
DECLARE
  wanted date := date_trunc('month', day);
  first_month date;
  last_month date;
  is_earlier boolean;
  month date;
  lower_bound timestamptz;
  upper_bound timestamptz;
  name text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('log.ensure_month'));
  SELECT min(m.first_day), max(m.first_day) INTO first_month, last_month FROM log.month m;
  IF wanted BETWEEN first_month AND last_month THEN
    RETURN true;
  END IF;
  is_earlier := wanted < first_month;
  month := CASE WHEN is_earlier THEN first_month - interval '1 month' ELSE last_month + interval '1 month' END;
  lower_bound := month::timestamp AT TIME ZONE 'UTC';
  upper_bound := (month + interval '1 month') AT TIME ZONE 'UTC';
  name := 'event_' || to_char(month, 'YYYY_MM');
  IF is_earlier AND pg_relation_size('log.event_past') > 1024 * 1024 THEN
    RAISE EXCEPTION 'log.event_past holds a history already, so that % cannot be made.', name;
  END IF;

  EXECUTE format('CREATE TABLE log.%I (LIKE log.event INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)', name);
  EXECUTE format('ALTER TABLE log.%I ADD CONSTRAINT within_month CHECK (occurred_at >= %L AND occurred_at < %L)',
    name, lower_bound, upper_bound);
  IF NOT is_earlier THEN
    -- In the order of writers, which wait for the first and so hold nothing of the second.
    LOCK TABLE ONLY log.event IN SHARE ROW EXCLUSIVE MODE;
    LOCK TABLE log.event_default IN SHARE ROW EXCLUSIVE MODE;
    EXECUTE format(
      'WITH moved AS (DELETE FROM log.event_default WHERE occurred_at >= %L AND occurred_at < %L RETURNING *) INSERT INTO log.%I SELECT * FROM moved',
      lower_bound, upper_bound, name);
  END IF;
  LOCK TABLE ONLY log.event IN ACCESS EXCLUSIVE MODE;
  IF is_earlier THEN
    ALTER TABLE log.event DETACH PARTITION log.event_past;
    PERFORM log.attach_past(lower_bound);
  END IF;
  EXECUTE format('ALTER TABLE log.event ATTACH PARTITION log.%I FOR VALUES FROM (%L) TO (%L)', name, lower_bound, upper_bound);
  EXECUTE format('ALTER TABLE log.%I DROP CONSTRAINT within_month', name);
  RETURN month = wanted;
EXCEPTION WHEN lock_not_available THEN
  RETURN false;
END
$$;

-- Frees the space of the first partition of which nobody keeps anything, and answers its name, or null when there is none.
-- The first of the months goes as a table, once it is older than the last four, and its time belongs to the past from then
-- on. The past itself, and the other months, are emptied: what still comes has its place there, not in the default
-- partition, and no month that is empty because nothing came yet is made and dropped in turn.
CREATE OR REPLACE FUNCTION log.drop_expired_month(moment timestamptz) RETURNS text LANGUAGE plpgsql SET lock_timeout = '200ms' AS $$
DECLARE
  part record;
  part_end timestamptz;
  may_go boolean;
  is_empty boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('log.ensure_month'));
  FOR part IN
    SELECT 'event_past' AS name, false AS is_first, min(first_day)::timestamp AS next_day FROM log.month
    UNION ALL
    SELECT name, first_day = min(first_day) OVER () AND first_day < max(first_day) OVER (), first_day + interval '1 month' FROM log.month
    ORDER BY next_day
  LOOP
    part_end := part.next_day AT TIME ZONE 'UTC';
    CONTINUE WHEN part_end > moment - interval '1 day';
    may_go := part.is_first AND part_end <= moment - interval '4 months';
    EXECUTE format('SELECT NOT EXISTS (SELECT FROM log.%I)', part.name) INTO is_empty;
    CONTINUE WHEN is_empty AND NOT may_go OR NOT log.month_is_expired(part.name, part_end, moment);
    IF may_go THEN
      -- Reads the past, if its bound was moved since the last time, while events are stored and read.
      ALTER TABLE log.event_past VALIDATE CONSTRAINT before_months;
    END IF;
    LOCK TABLE ONLY log.event IN ACCESS EXCLUSIVE MODE;
    -- Once more, now that nobody can store anything.
    IF NOT log.month_is_expired(part.name, part_end, moment) THEN
      RETURN NULL;
    END IF;
    IF may_go THEN
      EXECUTE format('DROP TABLE log.%I', part.name);
      ALTER TABLE log.event DETACH PARTITION log.event_past;
      PERFORM log.attach_past(part_end);
    ELSE
      EXECUTE format('TRUNCATE log.%I', part.name);
    END IF;
    RETURN part.name;
  END LOOP;
  RETURN NULL;
EXCEPTION WHEN lock_not_available THEN
  -- Whoever waits for the log's lock makes every writer wait as well: the next night, then.
  RETURN NULL;
END
$$;
