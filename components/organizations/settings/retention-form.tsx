"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTRPC } from "@/components/trpc/context";
import { fieldError, problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { formText } from "@/components/ui/forms/form-text";
import { useToast } from "@/components/ui/overlays/toast";
import { MAX_RETENTION_DAYS } from "@/schemas/limits";
import { formatRetention } from "@/schemas/organizations/retention";

interface RetentionFormProps {
  readonly organizationId: string;
  /** Null keeps events forever. */
  readonly days: number | null;
  /** The months of the calendar, if the period was set in months or years. */
  readonly months: number | null;
  readonly isReadOnly: boolean;
}

/** Sets for how many days events are kept. An empty field keeps them forever. */
export function RetentionForm({ organizationId, days, months, isReadOnly }: RetentionFormProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const queryClient = useQueryClient();
  const save = useMutation(
    trpc.organizations.setRetention.mutationOptions({
      onSuccess: async (saved) => {
        queryClient.setQueryData(trpc.organizations.retention.queryKey({ organizationId }), {
          days: saved,
          months: null,
        });
        toast({
          tone: "positive",
          title: "Retention saved",
          description:
            saved === null
              ? "Events are kept forever."
              : `Events are kept for ${saved} ${saved === 1 ? "day" : "days"}.`,
        });
        await queryClient.invalidateQueries(trpc.organizations.pathFilter());
      },
    }),
  );
  const problem = save.error && problemOf(save.error);
  const violation = fieldError(problem, "days");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = formText(event.currentTarget, "days").trim();
    save.mutate({ organizationId, days: text === "" ? null : Number(text) });
  };
  return (
    <form key={days} onSubmit={submit} className="grid gap-4">
      <Field
        label="Days to keep events"
        name="days"
        required={false}
        type="number"
        inputMode="numeric"
        min={1}
        max={MAX_RETENTION_DAYS}
        step={1}
        readOnly={isReadOnly}
        defaultValue={days ?? ""}
        placeholder="Forever"
        hint={`1 to ${MAX_RETENTION_DAYS.toLocaleString("en-US")} days. Leave empty to keep events forever.`}
        error={violation}
      />
      {days !== null && months !== null && (
        <p className="text-muted">
          Set through the API to {formatRetention({ days, months })}. Events are deleted by the calendar, never earlier.
        </p>
      )}
      {problem && violation === undefined && <FormProblem message={problem.message} />}
      {!isReadOnly && (
        <div>
          <Button type="submit" tone="primary" busy={save.isPending}>
            Save retention
          </Button>
        </div>
      )}
    </form>
  );
}
