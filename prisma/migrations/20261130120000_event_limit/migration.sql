-- The limits of events and of new actions per minute are reserved in lots like the limit of requests.
ALTER TABLE "rate_window" ALTER COLUMN "reserved" SET DEFAULT 0;
ALTER TABLE "rate_window" ADD COLUMN "events" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "rate_window" ADD COLUMN "actions" INTEGER NOT NULL DEFAULT 0;
