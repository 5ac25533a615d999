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
import { readJson } from "@/server/rest/http/read-body";
import { newOrganizationBody, organizationChangesBody, organizationsQuery } from "./organization-body";
import { organizationResponse, organizationObject } from "./organization-object";
import { withoutUnsetFields } from "./unset-fields";

/** `POST /organizations` */
export const createOrganizationEndpoint = endpoint(
  {
    needs: "manage",
    summary: "Create an organization",
    description: "Returns 409 if another organization has one of the domains, and 400 if one has the external ID.",
    body: newOrganizationBody,
    example: {
      name: "Northwind Traders",
      domain_data: [{ domain: "northwind.example", state: "verified" }],
      external_id: "customer_4711",
      metadata: { plan: "enterprise" },
    },
    status: 201,
    response: organizationResponse,
  },
  async ({ scope, body }) => organizationObject(await createOrganization(scope, body)),
);

/** `GET /organizations` */
export const listOrganizationsEndpoint = endpoint(
  {
    needs: "manage",
    summary: "List organizations",
    query: organizationsQuery,
    status: 200,
    response: listOf(organizationResponse),
  },
  async ({ scope, query }) => listObject(await listOrganizations(scope, query), organizationObject),
);

/** `GET /organizations/{id}` */
export const getOrganizationEndpoint = endpoint(
  { needs: "manage", summary: "Get an organization", status: 200, response: organizationResponse },
  async ({ scope, param }) => organizationObject(await getOrganization(await scopeToOrganization(scope, param("id")))),
);

/** `GET /organizations/external_id/{external_id}` */
export const getOrganizationByExternalIdEndpoint = endpoint(
  { needs: "manage", summary: "Get an organization by external ID", status: 200, response: organizationResponse },
  async ({ scope, param }) => organizationObject(await getOrganizationByExternalId(scope, param("external_id"))),
);

/** `PUT /organizations/{id}` */
export const updateOrganizationEndpoint = endpoint(
  {
    needs: "manage",
    summary: "Update an organization",
    description:
      'Fields that you omit stay unchanged. Metadata is merged, where null removes a key; `"metadata": null` removes all of ' +
      "it. Domains are replaced.",
    body: organizationChangesBody,
    read: async (request, limit, claim) =>
      withoutUnsetFields(await readJson(request, limit, claim), request.header("user-agent")),
    example: { name: "Northwind", metadata: { plan: "enterprise", trial: null } },
    status: 200,
    response: organizationResponse,
  },
  async ({ scope, body, param }) =>
    organizationObject(await updateOrganization(await scopeToOrganization(scope, param("id")), body)),
);

/** `DELETE /organizations/{id}`. One SDK sends a body, which is ignored. */
export const deleteOrganizationEndpoint = endpoint(
  {
    needs: "manage",
    summary: "Delete an organization and its events",
    description:
      "The organization returns 404 immediately. Its events and files are permanently deleted in the background.",
    status: 202,
    response: z.object({ success: z.literal(true) }),
  },
  async ({ scope, param }) => {
    await deleteOrganization(await scopeToOrganization(scope, param("id")));
    return { success: true } as const;
  },
);
