import { redirect } from "next/navigation";

export default async function Page({ params }: PageProps<"/dashboard/[environmentId]">) {
  redirect(`/dashboard/${(await params).environmentId}/organizations`);
}
