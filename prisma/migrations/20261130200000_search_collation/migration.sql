-- Searches ignore case by this collation and not by the database's own: with LC_CTYPE C, lower() changes ASCII letters only,
-- and with Turkish it turns I into ı. PostgreSQL 16 has no built-in Unicode rules, so it uses ICU, or else the system's.
DO $$
DECLARE
  choice text;
BEGIN
  FOREACH choice IN ARRAY ARRAY[
    'provider = builtin, locale = ''C.UTF-8''',
    'provider = icu, locale = ''und''',
    'provider = libc, locale = ''C.UTF-8''',
    'provider = libc, locale = ''C.utf8'''
  ] LOOP
    BEGIN
      EXECUTE 'CREATE COLLATION log.letters (' || choice || ')';
      RETURN;
    EXCEPTION WHEN OTHERS THEN
      -- This server does not have it.
      RAISE DEBUG '%', SQLERRM;
    END;
  END LOOP;
  RAISE EXCEPTION 'PostgreSQL has no Unicode collation: it was built without ICU, and the system has no locale C.UTF-8';
END
$$;
