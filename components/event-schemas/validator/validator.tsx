"use client";

import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { serverNow } from "@/components/time/server-clock";
import { useTRPC } from "@/components/trpc/context";
import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { TextArea } from "@/components/ui/forms/text-area";
import { Verdict } from "./verdict";

/** Checks an event as if it were sent now. Nothing is stored. */
export function Validator({ environmentId }: { readonly environmentId: string }) {
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const [checked, setChecked] = useState<string | null>(null);
  const verdict = useQuery({
    ...trpc.eventSchemas.tryEvent.queryOptions({ text: checked ?? "" }),
    enabled: checked !== null,
    // Never from the cache, since schemas change.
    staleTime: 0,
    gcTime: 0,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (checked === text) void verdict.refetch();
    else setChecked(text);
  };
  const fillInExample = () => setText(JSON.stringify(exampleEvent(new Date(serverNow())), null, 2));
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <form onSubmit={submit} className="grid min-w-0 gap-4">
        <TextArea
          label="Event as JSON"
          rows={18}
          required
          maxLength={200_000}
          value={text}
          placeholder="Paste an event or the whole request body."
          hint="Dry run. Nothing is stored or registered."
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" tone="primary" busy={verdict.isFetching}>
            Check event
          </Button>
          {text === "" && (
            <Button tone="quiet" onClick={fillInExample}>
              Use an example
            </Button>
          )}
        </div>
      </form>
      <section aria-label="Result" aria-live="polite" className="min-w-0 lg:mt-6.5">
        {verdict.error ? (
          <FormProblem message={problemOf(verdict.error).message} />
        ) : verdict.data && checked !== null ? (
          <Verdict verdict={verdict.data} isOutdated={checked !== text} environmentId={environmentId} />
        ) : (
          <p className="rounded-lg border border-dashed px-4 py-8 text-center text-muted">
            {verdict.isFetching ? "Checking…" : "Problems will appear here."}
          </p>
        )}
      </section>
    </div>
  );
}

function exampleEvent(now: Date) {
  return {
    action: "user.signed_in",
    occurred_at: now.toISOString(),
    actor: { id: "user_1", type: "user", name: "Ada Lovelace" },
    targets: [{ id: "team_1", type: "team" }],
    context: { location: "203.0.113.7" },
  };
}
