import { z } from "zod";

/** The years that a timestamp in an event or a request can have; beyond them PostgreSQL's calendar and JavaScript's part. */
export const moment = z.date().min(new Date("0001-01-01T00:00:00.000Z")).max(new Date("9999-12-31T23:59:59.999Z"));
