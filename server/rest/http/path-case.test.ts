import { expect } from "vitest";
import { test } from "@/server/testing/rest-fixtures";

test("DELETE /Organizations/{id}, as older Go SDKs send it, deletes the organization", async ({
  call,
  organization,
}) => {
  const { id } = organization.organization;
  expect(await call("GET", `/ORGANIZATIONS/${id}`)).toMatchObject({
    status: 200,
    body: { id },
  });
  expect(await call("DELETE", `/Organizations/${id}`)).toMatchObject({ status: 202 });
  expect(await call("GET", `/organizations/${id}`)).toMatchObject({ status: 404 });
});

test("the IDs and names in a path keep their case", async ({ call, organization }) => {
  const { id } = organization.organization;
  expect(await call("GET", `/organizations/${id.toLowerCase()}`)).toMatchObject({ status: 404 });
});
