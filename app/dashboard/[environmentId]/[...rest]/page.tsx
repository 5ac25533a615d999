import { notFound } from "next/navigation";
import { requireStaff } from "@/app/dashboard/staff";
import { urlWithQuery } from "@/app/dashboard/url-with-query";

/** Catches all unknown URLs, so that the “not found” page keeps the navigation. */
export default async function UnknownPage({ params, searchParams }: PageProps<"/dashboard/[environmentId]/[...rest]">) {
  const { environmentId, rest } = await params;
  await requireStaff(environmentId, await urlWithQuery(`/dashboard/${environmentId}/${rest.join("/")}`, searchParams));
  notFound();
}
