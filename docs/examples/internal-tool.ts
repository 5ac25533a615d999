import { createTRPCClient, httpBatchLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "@/server/trpc/root";

const trailport = createTRPCClient<AppRouter>({
  links: [
    httpBatchLink({
      url: `${process.env["TRAILPORT_URL"]}/api/trpc`,
      transformer: superjson,
      maxItems: 20, // calls in one request, at most
      headers: { authorization: `Bearer ${process.env["TRAILPORT_API_KEY"]}` },
    }),
  ],
});

const { items: organizations } = await trailport.organizations.list.query({ search: "northwind" });
for (const { id: organizationId, name } of organizations) {
  const filters = { from: new Date(Date.now() - 7 * 86_400_000), to: new Date(), actions: ["user.signed_in"] };
  const { count } = await trailport.events.count.query({ organizationId, filters });
  console.log(`${name}: ${count} sign-ins in the last seven days`);
}
