import { SearchX } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata = { title: "Organization not found" };

export default function OrganizationNotFound() {
  return (
    <EmptyState icon={SearchX} title="There is no such organization here">
      It may be in another environment (the switcher is at the top of the navigation), or the address is incomplete.
    </EmptyState>
  );
}
