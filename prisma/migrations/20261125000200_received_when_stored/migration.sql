-- When a row was received is the moment in which it is stored, no longer the start of its transaction, which may lie
-- any time before: whoever stores it holds the table's lock by then, so that an export's cut-off can see in pg_locks whom
-- it has to wait for (server/domain/exports/earlier-writers.ts).
-- The change itself takes no time, but it wants the table for itself. Whoever waits for that makes every writer wait as
-- well, so it waits for moments only, again and again.
DO $$
BEGIN
  PERFORM set_config('lock_timeout', '200ms', true);
  FOR try IN 1..240 LOOP
    BEGIN
      ALTER TABLE log.event ALTER COLUMN received_at SET DEFAULT clock_timestamp();
      PERFORM set_config('lock_timeout', '0', true);
      RETURN;
    EXCEPTION WHEN lock_not_available THEN
      PERFORM pg_sleep(0.5);
    END;
  END LOOP;
  RAISE EXCEPTION 'log.event is in use without a pause, such as by a dump. Start again when that is done.';
END
$$;
