import { z } from "zod";
import { MAX_RETENTION_DAYS } from "@/schemas/limits";
import { parseRetentionPeriod } from "@/schemas/organizations/retention";
import { retentionDays } from "@/schemas/organizations/retention-days";
import { described, into } from "@/schemas/wire";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { getRetention, setRetention } from "@/server/domain/retention/retention";
import { endpoint } from "@/server/rest/http/endpoint";

/** Some SDKs send an empty string for what is not set. */
const unlessEmpty = (value: unknown) => (value === "" ? undefined : value);

const PERIODS = "1_MONTH to 11_MONTHS or 1_YEAR to 10_YEARS";

const body = z
  .object({
    retention_period_in_days: described(
      z.preprocess(unlessEmpty, z.number().nullish()),
      retentionDays.nullable().describe("Null keeps events forever."),
    ),
    retention_period: described(
      z.string().nullish(),
      z
        .string()
        .nullable()
        .describe(
          "Newer form: `1_MONTH` to `11_MONTHS` or `1_YEAR` to `10_YEARS`. Reported as 30 days per month and 365 per year; " +
            "events are deleted by the calendar, never earlier.",
        ),
    ),
  })
  .transform(({ retention_period_in_days: days, retention_period: period }, context) => {
    if (typeof days === "number") return { days, months: null };
    const parsed = period ? parseRetentionPeriod(period) : null;
    if (parsed) return parsed;
    // Both forms are missing in a body without either, and then null would be a guess.
    if (!period && (days === null || period === null)) return null;
    const message = `give retention_period_in_days (1 to ${MAX_RETENTION_DAYS}, or null for forever), or retention_period: ${PERIODS}`;
    context.addIssue({
      code: "custom",
      path: [period ? "retention_period" : "retention_period_in_days"],
      message,
    });
    return z.NEVER;
  })
  .pipe(into(z.object({ days: z.number(), months: z.number().nullable() }).nullable()))
  .superRefine((retention, context) => {
    const checked = retentionDays.safeParse(retention?.days ?? 1);
    for (const issue of checked.error?.issues ?? [])
      context.addIssue({ code: "custom", path: ["retention_period_in_days"], message: issue.message });
  });

const response = z.object({ retention_period_in_days: z.number().int().nullable().describe("Null means forever.") });

/** `GET /organizations/{id}/audit_logs_retention` */
export const getRetentionEndpoint = endpoint(
  { needs: "manage", summary: "Get an organization's retention period", status: 200, response },
  async ({ scope, param }) => ({
    retention_period_in_days: (await getRetention(await scopeToOrganization(scope, param("id"))))?.days ?? null,
  }),
);

/** `PUT /organizations/{id}/audit_logs_retention` */
export const setRetentionEndpoint = endpoint(
  {
    needs: "manage",
    summary: "Set an organization's retention period",
    description: "Older events are deleted the following night. Null keeps events forever.",
    body,
    example: { retention_period_in_days: 365 },
    status: 200,
    response,
  },
  async ({ scope, body, param }) => ({
    retention_period_in_days: await setRetention(await scopeToOrganization(scope, param("id")), body),
  }),
);

/** `GET /organizations/{id}/audit_log_configuration` */
export const getConfiguration = endpoint(
  {
    needs: "manage",
    summary: "Get an organization's audit log configuration",
    status: 200,
    response: z.object({
      organization_id: z.string(),
      retention_period_in_days: z
        .number()
        .int()
        .describe(`${MAX_RETENTION_DAYS} if events are kept forever, because every SDK requires a number.`),
      state: z.literal("active"),
    }),
  },
  async ({ scope, param }) => {
    const organization = await scopeToOrganization(scope, param("id"));
    return {
      organization_id: organization.organization.id,
      retention_period_in_days: (await getRetention(organization))?.days ?? MAX_RETENTION_DAYS,
      state: "active",
    } as const;
  },
);
