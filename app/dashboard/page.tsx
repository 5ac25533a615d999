import { notFound, redirect } from "next/navigation";
import { requireMember } from "@/server/auth/member-session";
import { liveServices } from "@/server/live-services";
import { staffCaller } from "./staff";

/** Redirects to the first environment. */
export default async function Page() {
  const scope = await requireMember(liveServices(), "/dashboard");
  const { environments } = await staffCaller(scope, null).workspace.current();
  const [first] = environments;
  if (!first) notFound();
  redirect(`/dashboard/${first.id}/organizations`);
}
