-- The lease of the runner that leads. A waiting runner that sees no new beat for a while takes over: the leader's session,
-- which holds the lock, may live on while its process is frozen or its machine is gone.
CREATE TABLE runner.leader (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    -- The leader's own ID, new each time a runner becomes leader.
    holder uuid NOT NULL,
    beats bigint NOT NULL DEFAULT 0
);
