-- These two create and drop partitions. They run as the owner of the tables, because the role of web and worker must not
-- be able to change tables. A migration that replaces one of them must repeat SECURITY DEFINER and the search path.
ALTER FUNCTION log.ensure_month(date) SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION log.drop_expired_month(timestamptz) SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
REVOKE EXECUTE ON FUNCTION log.ensure_month(date), log.drop_expired_month(timestamptz) FROM PUBLIC;
