import { notFound } from "next/navigation";
import { urlWithQuery } from "@/app/dashboard/url-with-query";
import { requireStaff } from "@/app/dashboard/staff";

/** Every address that no page has: it is not found, within the frame from which one can go on. */
export default async function UnknownPage({ params, searchParams }: PageProps<"/dashboard/[environmentId]/[...rest]">) {
  const { environmentId, rest } = await params;
  await requireStaff(environmentId, await urlWithQuery(`/dashboard/${environmentId}/${rest.join("/")}`, searchParams));
  notFound();
}
