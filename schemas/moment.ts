import { z } from "zod";
import { ALL_TIME } from "./limits";

export const moment = z.date().min(ALL_TIME.from).max(ALL_TIME.to);
