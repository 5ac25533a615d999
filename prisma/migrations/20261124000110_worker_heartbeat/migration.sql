-- When a function last ran, for whoever watches. One row; a fresh database has a fresh one, as its worker is just starting.
CREATE TABLE runner.heartbeat (
  only_one boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
  beat_at  timestamptz NOT NULL DEFAULT now()
);
INSERT INTO runner.heartbeat DEFAULT VALUES;
