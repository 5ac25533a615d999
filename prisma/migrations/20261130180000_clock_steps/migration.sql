-- When a time to wake up was computed. After the clock is set back, the runner knows the remaining delay from it.
ALTER TABLE runner.jobs ADD COLUMN scheduled_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE runner.runs ADD COLUMN resume_set_at timestamptz;
-- Jobs that an earlier step of the clock has already sent to the future. No function sleeps for more than a day.
UPDATE runner.jobs SET scheduled_at = wake_at WHERE wake_at > now() + interval '1 day';
UPDATE runner.runs SET resume_set_at = resume_at WHERE status = 'open' AND resume_at > now() + interval '1 day';

-- Since when the clock has run without a step of more than an hour. Nothing is deleted for its age soon after a step.
ALTER TABLE runner.heartbeat ADD COLUMN steady_since timestamptz NOT NULL DEFAULT '-infinity';
-- Set when a heartbeat finds the clock set back, until the times of events that were stored before are repaired.
ALTER TABLE runner.heartbeat ADD COLUMN was_set_back boolean NOT NULL DEFAULT false;
