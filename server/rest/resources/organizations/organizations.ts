import { z } from "zod";
import { createOrganization } from "@/server/domain/organizations/create-organization";
import { deleteOrganization } from "@/server/domain/organizations/delete-organization";
import {
  getOrganization,
  getOrganizationByExternalId,
  listOrganizations,
} from "@/server/domain/organizations/read-organizations";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { updateOrganization } from "@/server/domain/organizations/update-organization";
import { endpoint } from "@/server/rest/http/endpoint";
import { listObject, listOf } from "@/server/rest/http/lists";
import { newOrganizationBody, organizationChangesBody, organizationsQuery } from "./organization-body";
import { organizationAnswer, organizationObject } from "./organization-object";

/** `POST /organizations` */
export const createOrganizationEndpoint = endpoint(
  {
    summary: "Create an organization",
    description: "A domain that another organization has is 409; an external id that one has is 400.",
    body: newOrganizationBody,
    example: {
      name: "Northwind Traders",
      domain_data: [{ domain: "northwind.example", state: "verified" }],
      external_id: "customer_4711",
      metadata: { plan: "enterprise" },
    },
    status: 201,
    answer: organizationAnswer,
  },
  async ({ scope, body }) => organizationObject(await createOrganization(scope, body)),
);

/** `GET /organizations` */
export const listOrganizationsEndpoint = endpoint(
  { summary: "List organizations", query: organizationsQuery, status: 200, answer: listOf(organizationAnswer) },
  async ({ scope, query }) => listObject(await listOrganizations(scope, query), organizationObject),
);

/** `GET /organizations/{id}` */
export const readOrganization = endpoint(
  { summary: "Read an organization", status: 200, answer: organizationAnswer },
  async ({ scope, param }) => organizationObject(await getOrganization(await scopeToOrganization(scope, param("id")))),
);

/** `GET /organizations/external_id/{external_id}` */
export const readOrganizationByExternalId = endpoint(
  { summary: "Read an organization by your own id of it", status: 200, answer: organizationAnswer },
  async ({ scope, param }) => organizationObject(await getOrganizationByExternalId(scope, param("external_id"))),
);

/** `PUT /organizations/{id}` */
export const updateOrganizationEndpoint = endpoint(
  {
    summary: "Change an organization",
    description: "What is left out stays. Metadata is merged, and a key with null goes; domains are replaced.",
    body: organizationChangesBody,
    example: { name: "Northwind", metadata: { plan: "enterprise", trial: null } },
    status: 200,
    answer: organizationAnswer,
  },
  async ({ scope, body, param }) =>
    organizationObject(await updateOrganization(await scopeToOrganization(scope, param("id")), body)),
);

/** `DELETE /organizations/{id}`; a body, which one SDK sends, is not looked at. */
export const deleteOrganizationEndpoint = endpoint(
  {
    summary: "Delete an organization with its events",
    description:
      "It is not found from now on; its events and files are deleted in the background, and never come back.",
    status: 202,
    answer: z.object({ success: z.literal(true) }),
  },
  async ({ scope, param }) => {
    await deleteOrganization(await scopeToOrganization(scope, param("id")));
    return { success: true } as const;
  },
);
