"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, type FormEvent } from "react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { problemOf, type Problem } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { controlStyle } from "@/components/ui/forms/field";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { formText } from "@/components/ui/forms/form-text";
import { Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/overlays/toast";
import { SettingsSection } from "./settings-section";

/** The origins that a portal link's `return_url` may use. */
export function RedirectOrigins({
  canManage,
  isStaging,
}: {
  readonly canManage: boolean;
  readonly isStaging: boolean;
}) {
  const trpc = useTRPC();
  const toast = useToast();
  const queryClient = useQueryClient();
  const id = useId();
  const origins = useQuery(trpc.settings.redirectOrigins.queryOptions());
  const save = useMutation(
    trpc.settings.setRedirectOrigins.mutationOptions({
      onSuccess: async (saved) => {
        queryClient.setQueryData(trpc.settings.redirectOrigins.queryKey(), saved);
        toast({ tone: "positive", title: "Redirect origins saved" });
        await queryClient.invalidateQueries(trpc.settings.pathFilter());
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const lines = formText(event.currentTarget, "origins").split(/\s+/);
    save.mutate({ origins: lines.filter((line) => line !== "") });
  };
  if (origins.error && !origins.data)
    return <ProblemNotice what="settings" error={origins.error} onRetry={() => void origins.refetch()} />;
  return (
    <SettingsSection
      title="Redirect origins"
      description={
        isStaging
          ? "A return_url must use one of these origins, or http://localhost. As long as the list is empty, this staging environment accepts any https origin."
          : "A return_url must use one of these origins."
      }
    >
      {origins.data ? (
        <form onSubmit={submit} className="grid gap-3">
          <label htmlFor={id} className="font-medium">
            Allowed origins (one per line)
          </label>
          <textarea
            // Remounts after saving, to show the origins as the server normalized them.
            key={origins.data.join(" ")}
            id={id}
            name="origins"
            rows={4}
            spellCheck={false}
            readOnly={!canManage}
            defaultValue={origins.data.join("\n")}
            placeholder="https://app.example.com"
            className={`${controlStyle} py-2 font-mono leading-6`}
          />
          {save.error && <FormProblem message={describeProblem(problemOf(save.error), save.variables.origins)} />}
          {canManage && (
            <div>
              <Button type="submit" tone="primary" busy={save.isPending}>
                Save origins
              </Button>
            </div>
          )}
        </form>
      ) : (
        <Skeleton />
      )}
    </SettingsSection>
  );
}

/** Quotes the origins that the server rejected, since its field names count them: `origins.0`. */
function describeProblem({ message, violations }: Problem, origins: readonly string[]): string {
  if (violations.length === 0) return message;
  return violations
    .map((violation) => {
      const origin = origins[Number(violation.field.split(".")[1])];
      return `${origin === undefined ? "The list" : `“${origin}”`} ${violation.message}.`;
    })
    .join(" ");
}
