import { SearchX } from "lucide-react";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";

export default function PageNotFound() {
  return (
    <>
      {/* What a page says of itself is lost when it finds nothing, and with it the title. */}
      <title>Not found · Trailport</title>
      <PageHeader title="Not found" />
      <EmptyState icon={SearchX} title="There is nothing here">
        The address may be mistyped, or what it led to is gone or belongs to another environment. The navigation, or the
        search in it, leads on.
      </EmptyState>
    </>
  );
}
