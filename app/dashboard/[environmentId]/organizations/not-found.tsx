import { SearchX } from "lucide-react";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";

export default function OrganizationNotFound() {
  return (
    <>
      {/* Next drops the page's metadata, and its title, when notFound() is called. */}
      <title>Organization not found · Trailport</title>
      <PageHeader title="Organization not found" />
      <EmptyState icon={SearchX} title="This organization doesn’t exist">
        Check the address, or switch the environment at the top of the navigation.
      </EmptyState>
    </>
  );
}
