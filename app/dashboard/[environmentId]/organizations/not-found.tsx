import { SearchX } from "lucide-react";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";

export default function OrganizationNotFound() {
  return (
    <>
      {/* What a page says of itself is lost when it finds nothing, and with it the title. */}
      <title>Organization not found · Trailport</title>
      <PageHeader title="Organization not found" />
      <EmptyState icon={SearchX} title="There is no such organization here">
        It may be in another environment (the switcher is at the top of the navigation), or the address is incomplete.
      </EmptyState>
    </>
  );
}
