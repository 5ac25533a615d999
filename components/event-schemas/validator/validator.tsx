"use client";

import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { TextArea } from "@/components/ui/forms/text-area";
import { Verdict } from "./verdict";

/** Says of an event what would be refused if it were sent now. Nothing is stored. */
export function Validator({ environmentId }: { readonly environmentId: string }) {
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<string | null>(null);
  const verdict = useQuery({
    ...trpc.eventSchemas.tryEvent.queryOptions({ text: asked ?? "" }),
    enabled: asked !== null,
    // Schemas change.
    staleTime: 0,
    gcTime: 0,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (asked === text) void verdict.refetch();
    else setAsked(text);
  };
  const example = () => setText(JSON.stringify(exampleEvent(new Date()), null, 2));
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <form onSubmit={submit} className="grid min-w-0 gap-4">
        <TextArea
          label="Event as JSON"
          rows={18}
          required
          maxLength={200_000}
          value={text}
          placeholder="Paste the event, or the whole body of the request."
          hint="Nothing is stored, and no action is registered."
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" tone="primary" busy={verdict.isFetching}>
            Check event
          </Button>
          {text === "" && (
            <Button tone="quiet" onClick={example}>
              Fill in an example
            </Button>
          )}
        </div>
      </form>
      <section aria-label="Result" aria-live="polite" className="min-w-0 lg:mt-6.5">
        {verdict.error ? (
          <FormProblem message={problemOf(verdict.error).message} />
        ) : verdict.data && asked !== null ? (
          <Verdict verdict={verdict.data} isOutdated={asked !== text} environmentId={environmentId} />
        ) : (
          <p className="rounded-lg border border-dashed px-4 py-8 text-center text-muted">
            {verdict.isFetching ? "Checking…" : "What would be refused is said here, place by place."}
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
