import { z } from "zod";
import { MAX_RETENTION_DAYS } from "@/schemas/limits";
import { retentionDays, retentionPeriodInDays } from "@/schemas/organizations/retention";
import { described, into, optional } from "@/schemas/wire";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { getRetention, setRetention } from "@/server/domain/retention/retention";
import { endpoint } from "@/server/rest/http/endpoint";

const body = z
  .object({
    retention_period_in_days: optional(described(z.number(), retentionDays)),
    retention_period: optional(z.string().describe("Newer form: `1_MONTH` to `11_MONTHS` or `1_YEAR` to `10_YEARS`.")),
  })
  .transform(({ retention_period_in_days, retention_period }, context) => {
    if (retention_period_in_days !== null) return { retentionPeriodInDays: retention_period_in_days };
    const days = retention_period === null ? null : retentionPeriodInDays(retention_period);
    if (days !== null) return { retentionPeriodInDays: days };
    const message = `give retention_period_in_days (1 to ${MAX_RETENTION_DAYS}), or retention_period: 1_MONTH to 11_MONTHS or 1_YEAR to 10_YEARS`;
    context.addIssue({
      code: "custom",
      path: [retention_period === null ? "retention_period_in_days" : "retention_period"],
      message,
    });
    return z.NEVER;
  })
  .pipe(into(z.object({ retentionPeriodInDays: retentionDays })));

const response = z.object({ retention_period_in_days: z.number().int().nullable().describe("Null means forever.") });

/** `GET /organizations/{id}/audit_logs_retention` */
export const getRetentionEndpoint = endpoint(
  { summary: "Get an organization's retention period", status: 200, response },
  async ({ scope, param }) => ({
    retention_period_in_days: await getRetention(await scopeToOrganization(scope, param("id"))),
  }),
);

/** `PUT /organizations/{id}/audit_logs_retention` */
export const setRetentionEndpoint = endpoint(
  {
    summary: "Set an organization's retention period",
    description: "Older events are deleted the following night.",
    body,
    example: { retention_period_in_days: 365 },
    status: 200,
    response,
  },
  async ({ scope, body, param }) => ({
    retention_period_in_days: await setRetention(
      await scopeToOrganization(scope, param("id")),
      body.retentionPeriodInDays,
    ),
  }),
);

/** `GET /organizations/{id}/audit_log_configuration` */
export const getConfiguration = endpoint(
  {
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
      retention_period_in_days: (await getRetention(organization)) ?? MAX_RETENTION_DAYS,
      state: "active",
    } as const;
  },
);
