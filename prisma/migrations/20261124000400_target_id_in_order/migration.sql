-- Target ids get ordered indexes by position, as target types have, in place of the inverted one. That one knew no
-- organization: an id that is common in others ("settings") made each look collect all of theirs, without a bound, and
-- its matches came in no order. Writing costs about the same.
CREATE INDEX event_by_target_id_1 ON log.event (organization_pk, (target_ids[1]), occurred_at, id) WHERE target_ids[1] IS NOT NULL;
CREATE INDEX event_by_target_id_2 ON log.event (organization_pk, (target_ids[2]), occurred_at, id) WHERE target_ids[2] IS NOT NULL;
DROP INDEX log.event_by_target_id;

-- The few events with more targets or types than that: what is frequent among them is found in order of time, what is
-- rare by the value.
CREATE INDEX event_by_many_target_ids ON log.event (organization_pk, occurred_at, id) WHERE target_ids[3] IS NOT NULL;
CREATE INDEX event_by_crowded_target_id ON log.event USING gin (target_ids) WHERE target_ids[3] IS NOT NULL;
CREATE INDEX event_by_crowded_target_type ON log.event USING gin (target_types) WHERE target_types[6] IS NOT NULL;
