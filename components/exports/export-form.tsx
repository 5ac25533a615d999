"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FilterBar } from "@/components/events/filter-bar";
import { toFilters, useEventView, type EventView } from "@/components/events/event-view";
import { nextMinute } from "@/components/time/time-range";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { ExportSummary } from "./export-summary";

interface ExportFormProps {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly exportsHref: string;
  readonly onDone: () => void;
}

/** What is to leave, and the button that has it written. */
export function ExportForm({ organizationId, organizationName, exportsHref, onDone }: ExportFormProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [onScreen] = useEventView();
  const [view, setView] = useState<EventView>(onScreen);
  const [now] = useState(nextMinute);
  const filters = toFilters(view, now);
  const request = useMutation(
    trpc.exports.request.mutationOptions({
      onSuccess: async () => {
        toast({
          tone: "positive",
          title: "Export started",
          description: "It goes on when you leave this page.",
          link: { href: exportsHref, label: "View exports" },
        });
        await queryClient.invalidateQueries(trpc.exports.pathFilter());
      },
      onError: (error) =>
        toast({ tone: "danger", title: "The export could not be started", description: problemOf(error).message }),
    }),
  );
  return (
    <>
      <FilterBar
        organizationId={organizationId}
        view={view}
        onChange={(change) => setView((before) => ({ ...before, ...change }))}
      />
      <ExportSummary
        organizationId={organizationId}
        organizationName={organizationName}
        filters={filters}
        zone={view.zone}
      />
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button
          tone="primary"
          onClick={() => {
            request.mutate({ organizationId, filters });
            onDone();
          }}
        >
          Generate CSV file
        </Button>
      </DialogActions>
    </>
  );
}
