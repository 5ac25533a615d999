-- The events: compact columns (json as text is copied, jsonb would be written anew on every read; a uuid holds the
-- ULID's 128 bits), partitioned by month of occurred_at so that retention can drop whole months.
CREATE SCHEMA log;

CREATE TABLE log.event (
  id              uuid           NOT NULL,
  environment_pk  int            NOT NULL,
  organization_pk int            NOT NULL,
  action          text           NOT NULL,
  version         int            NOT NULL,
  occurred_at     timestamptz(3) NOT NULL,
  -- The start of the transaction that stored the row: an export's cut-off relies on it.
  received_at     timestamptz(3) NOT NULL DEFAULT now(),
  actor_id        text           NOT NULL,
  actor_type      text           NOT NULL,
  actor_name      text,
  actor_metadata  json,
  targets         json           NOT NULL,
  -- Distinct and sorted.
  target_types    text[]         NOT NULL,
  target_ids      text[]         NOT NULL,
  location        text           NOT NULL,
  user_agent      text,
  metadata        json
) PARTITION BY RANGE (occurred_at);

CREATE UNIQUE INDEX event_by_time ON log.event (organization_pk, occurred_at, id);
CREATE INDEX event_by_action ON log.event (organization_pk, action, occurred_at, id);
CREATE INDEX event_by_actor_id ON log.event (organization_pk, actor_id, occurred_at, id);
CREATE INDEX event_by_actor_name ON log.event (organization_pk, actor_name, occurred_at, id) WHERE actor_name IS NOT NULL;
-- One ordered index per position: an ordered probe for a target type is a probe of each. Rows with more than five
-- types are found by the last one.
CREATE INDEX event_by_target_type_1 ON log.event (organization_pk, (target_types[1]), occurred_at, id) WHERE target_types[1] IS NOT NULL;
CREATE INDEX event_by_target_type_2 ON log.event (organization_pk, (target_types[2]), occurred_at, id) WHERE target_types[2] IS NOT NULL;
CREATE INDEX event_by_target_type_3 ON log.event (organization_pk, (target_types[3]), occurred_at, id) WHERE target_types[3] IS NOT NULL;
CREATE INDEX event_by_target_type_4 ON log.event (organization_pk, (target_types[4]), occurred_at, id) WHERE target_types[4] IS NOT NULL;
CREATE INDEX event_by_target_type_5 ON log.event (organization_pk, (target_types[5]), occurred_at, id) WHERE target_types[5] IS NOT NULL;
CREATE INDEX event_by_many_target_types ON log.event (organization_pk, occurred_at, id) WHERE target_types[6] IS NOT NULL;
CREATE INDEX event_by_target_id ON log.event USING gin (target_ids);

CREATE TABLE log.event_default PARTITION OF log.event DEFAULT;

-- Makes the partition of one month (given by any day in it) unless it exists; rows of that month which were stored
-- before in the default partition move into it.
CREATE FUNCTION log.ensure_month(day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first_day date := date_trunc('month', day);
  next_month date := first_day + interval '1 month';
  lower_bound timestamptz := first_day::timestamp AT TIME ZONE 'UTC';
  upper_bound timestamptz := next_month::timestamp AT TIME ZONE 'UTC';
  name text := 'event_' || to_char(first_day, 'YYYY_MM');
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('log.ensure_month'));
  IF to_regclass('log.' || name) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE TABLE log.%I (LIKE log.event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
  LOCK TABLE log.event_default IN ACCESS EXCLUSIVE MODE;
  EXECUTE format(
    'WITH moved AS (DELETE FROM log.event_default WHERE occurred_at >= %L AND occurred_at < %L RETURNING *) INSERT INTO log.%I SELECT * FROM moved',
    lower_bound, upper_bound, name);
  EXECUTE format('ALTER TABLE log.event ATTACH PARTITION log.%I FOR VALUES FROM (%L) TO (%L)', name, lower_bound, upper_bound);
END
$$;

-- The last four months and the next three; a function of the worker keeps making the next ones.
DO $$
BEGIN
  FOR n IN -4..3 LOOP
    PERFORM log.ensure_month(((now() AT TIME ZONE 'UTC') + make_interval(months => n))::date);
  END LOOP;
END
$$;

-- Which events a repeated request must not store again. The key is SHA-256 over the caller's key, the organization
-- and the canonical event; it counts for 24 hours.
CREATE TABLE log.idempotency (
  environment_pk int         NOT NULL,
  key            bytea       NOT NULL,
  event_id       uuid        NOT NULL,
  created_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (environment_pk, key)
);
CREATE INDEX idempotency_by_age ON log.idempotency (created_at);
