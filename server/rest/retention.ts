import { z } from "zod";
import { retentionDays, retentionPeriodInDays } from "@/schemas/retention";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { getRetention, setRetention } from "@/server/domain/retention/retention";
import { endpoint } from "./endpoint";
import { into, optional } from "./wire";

const body = z
  .object({ retention_period_in_days: optional(z.number()), retention_period: optional(z.string()) })
  .transform(({ retention_period_in_days, retention_period }, context) => {
    if (retention_period_in_days !== null) return { retentionPeriodInDays: retention_period_in_days };
    const days = retention_period === null ? null : retentionPeriodInDays(retention_period);
    if (days !== null) return { retentionPeriodInDays: days };
    const message = "give retention_period_in_days (1 to 3660), or retention_period: 1_MONTH to 11_MONTHS or 1_YEAR to 10_YEARS";
    context.addIssue({ code: "custom", path: [retention_period === null ? "retention_period_in_days" : "retention_period"], message });
    return z.NEVER;
  })
  .pipe(into(z.object({ retentionPeriodInDays: retentionDays })));

/** `GET /organizations/{id}/audit_logs_retention`; null is for ever. */
export const readRetention = endpoint({ status: 200 }, async ({ scope, param }) => ({
  retention_period_in_days: await getRetention(await scopeToOrganization(scope, param("id"))),
}));

/** `PUT /organizations/{id}/audit_logs_retention` */
export const updateRetention = endpoint({ body, status: 200 }, async ({ scope, body, param }) => ({
  retention_period_in_days: await setRetention(await scopeToOrganization(scope, param("id")), body.retentionPeriodInDays),
}));

/** `GET /organizations/{id}/audit_log_configuration` */
export const readConfiguration = endpoint({ status: 200 }, async ({ scope, param }) => {
  const organization = await scopeToOrganization(scope, param("id"));
  return {
    organization_id: organization.organization.id,
    retention_period_in_days: await getRetention(organization),
    state: "active",
  };
});
