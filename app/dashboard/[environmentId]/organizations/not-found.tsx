import { SearchX } from "lucide-react";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata = { title: "Organization not found" };

export default function OrganizationNotFound() {
  return (
    <>
      <PageHeader title="Organization not found" />
      <EmptyState icon={SearchX} title="There is no such organization here">
        It may be in another environment (the switcher is at the top of the navigation), or the address is incomplete.
      </EmptyState>
    </>
  );
}
