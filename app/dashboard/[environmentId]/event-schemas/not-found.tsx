import { SearchX } from "lucide-react";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata = { title: "Action not found" };

export default function ActionNotFound() {
  return (
    <>
      <PageHeader title="Action not found" />
      <EmptyState icon={SearchX} title="This action doesn’t exist">
        Check the address, or open Event schemas in the navigation to see all actions.
      </EmptyState>
    </>
  );
}
