import { Prisma } from "@/prisma/generated/client";
import type { NewOrganization, Organization } from "@/schemas/organizations/organization";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { DomainError } from "@/server/kernel/errors";
import { newId, withNewIds } from "@/server/kernel/ids";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { organizationSelect, toOrganization } from "./organization-row";

/**
 * Creates an organization with its domains.
 * @throws DomainError `conflict` if a domain belongs to another organization of the environment; `invalid_request` if the
 * external ID or Stripe customer ID does.
 */
export async function createOrganization(scope: EnvironmentScope, input: NewOrganization): Promise<Organization> {
  const now = scope.now();
  const environmentPk = scope.environment.pk;
  const { domains, ...columns } = input;
  try {
    return await scope.db.prisma.$transaction(async (tx) => {
      const row = await tx.organization.create({
        data: {
          ...columns,
          id: newId("org", now),
          environmentPk,
          createdAt: now,
          updatedAt: now,
          domains: {
            create: withNewIds("org_domain", now, domains).map((each) => ({
              ...each,
              environmentPk,
              createdAt: now,
              updatedAt: now,
            })),
          },
        },
        select: organizationSelect,
      });
      await recordActivity(tx, { ...scope, organization: row }, "organization.created", { name: row.name });
      return toOrganization(row);
    });
  } catch (error) {
    throw await toConflictError(scope, input, error);
  }
}

/** Converts a unique violation to the API contract's error; returns any other error unchanged. */
export async function toConflictError(
  scope: EnvironmentScope,
  input: Partial<Pick<NewOrganization, "domains" | "externalId" | "stripeCustomerId">>,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") return error;
  const environmentPk = scope.environment.pk;
  const taken = await scope.db.prisma.organizationDomain.findFirst({
    where: { environmentPk, domain: { in: (input.domains ?? []).map((each) => each.domain) } },
  });
  if (taken) return new DomainError("conflict", `An Organization with the domain ${taken.domain} already exists.`);
  const { externalId, stripeCustomerId } = input;
  if (externalId && (await scope.db.prisma.organization.findFirst({ where: { environmentPk, externalId } }))) {
    return new DomainError(
      "invalid_request",
      `The external_id '${externalId}' is already used by another organization.`,
      {
        wireCode: "external_id_already_used",
      },
    );
  }
  return new DomainError(
    "invalid_request",
    `The stripe_customer_id '${stripeCustomerId}' is already used by another organization.`,
    {
      wireCode: "stripe_customer_id_already_used",
    },
  );
}
