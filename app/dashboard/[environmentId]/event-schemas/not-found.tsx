import { SearchX } from "lucide-react";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata = { title: "Action not found" };

export default function ActionNotFound() {
  return (
    <>
      <PageHeader title="Action not found" />
      <EmptyState icon={SearchX} title="This address names no action">
        The address is incomplete. The list of actions is under Event schemas in the navigation.
      </EmptyState>
    </>
  );
}
