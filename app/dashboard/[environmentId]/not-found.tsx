import { SearchX } from "lucide-react";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";

export default function PageNotFound() {
  return (
    <>
      {/* Next drops the page's metadata, and its title, when notFound() is called. */}
      <title>Page not found · Trailport</title>
      <PageHeader title="Page not found" />
      <EmptyState icon={SearchX} title="This page doesn’t exist">
        Check the address or use the navigation. The page may belong to another environment.
      </EmptyState>
    </>
  );
}
