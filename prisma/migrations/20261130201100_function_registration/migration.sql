-- What was last registered with an Inngest server, so that a start after an upgrade knows whether it must register again.
CREATE TABLE runner.registration (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    fingerprint text NOT NULL,
    registered_at timestamptz NOT NULL DEFAULT now()
);
