-- The IDs of deleted organizations, also after their rows are gone: their rejected events are not kept.
CREATE TABLE log.deleted_organization (
    id text PRIMARY KEY,
    deleted_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO log.deleted_organization (id, deleted_at) SELECT id, deleted_at FROM organization WHERE deleted_at IS NOT NULL;
