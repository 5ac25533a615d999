-- The tables of the embedded Inngest runner (server/embedded/runner). They have a schema of their own,
-- because Prisma looks at "public" alone and shall not know them.

CREATE SCHEMA runner;

-- What was sent. A row without dispatched_at has still to become runs and cancellations.
CREATE TABLE runner.events (
    name text NOT NULL,
    id text NOT NULL,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    -- json everywhere, not jsonb: it keeps the order of keys and accepts U+0000.
    payload json NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    dispatched_at timestamptz,
    PRIMARY KEY (name, id)
);
CREATE INDEX events_undispatched ON runner.events (seq) WHERE dispatched_at IS NULL;
CREATE INDEX events_dispatched ON runner.events (dispatched_at);

CREATE TABLE runner.runs (
    id text PRIMARY KEY,
    function_id text NOT NULL,
    event_id text NOT NULL,
    event json NOT NULL,
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'completed', 'failed', 'cancelled')),
    -- The concurrency limits that this run counts against, one resolved key for each.
    slots text[] NOT NULL,
    -- One resolved key for each cancelOn entry.
    cancel_keys text[] NOT NULL,
    -- When the longest sleep so far ends.
    resume_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
CREATE INDEX runs_of_event ON runner.runs (function_id, event_id);
CREATE INDEX runs_open ON runner.runs (function_id) WHERE status = 'open';
CREATE INDEX runs_finished ON runner.runs (finished_at);

-- Results that a run never asks for again.
CREATE TABLE runner.steps (
    run_id text NOT NULL REFERENCES runner.runs (id) ON DELETE CASCADE,
    step_id text NOT NULL,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    result json NOT NULL,
    bytes integer NOT NULL,
    PRIMARY KEY (run_id, step_id)
);

-- The calls that an open run still needs: each of its planned steps, or (step_id '') to find out how it goes on.
CREATE TABLE runner.jobs (
    run_id text NOT NULL REFERENCES runner.runs (id) ON DELETE CASCADE,
    step_id text NOT NULL,
    wake_at timestamptz NOT NULL,
    -- Calls that failed since the last success.
    attempt integer NOT NULL DEFAULT 0,
    -- The call being made, or the one that a dead process was making. Results of any other call are refused.
    call_id uuid,
    -- The call shall stop after the step it is in.
    halted boolean NOT NULL DEFAULT false,
    PRIMARY KEY (run_id, step_id)
);
CREATE INDEX jobs_by_wake_time ON runner.jobs (wake_at);

CREATE TABLE runner.crons (
    expression text PRIMARY KEY,
    next_at timestamptz NOT NULL
);
