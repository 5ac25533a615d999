import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { useTRPC } from "@/components/trpc/context";
import { fieldError, problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { useToast } from "@/components/ui/overlays/toast";
import { readAccent } from "@/schemas/portal/accent-color";
import type { PortalBranding, PortalLogo } from "@/schemas/portal/portal-branding";
import { AccentField } from "./accent-field";
import { BrandingPreview } from "./branding-preview";
import { LogoField } from "./logo-field";
import type { ChosenLogo } from "./load-logo";

/** Edits name, logo and accent color with a live preview. Nothing is sent until it is saved. */
export function BrandingForm({ initial }: { readonly initial: PortalBranding }) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const queryClient = useQueryClient();
  // The values that the form started from. Only changes are sent, so that saving does not undo someone else's edits.
  const [saved, setSaved] = useState(initial);
  const [name, setName] = useState(saved.name);
  const [accent, setAccent] = useState(saved.accent ?? "");
  const [logo, setLogo] = useState<PortalLogo | ChosenLogo | null>(saved.logo);
  const save = useMutation(
    trpc.portalBranding.change.mutationOptions({
      onSuccess: async (changed) => {
        setSaved(changed);
        setName(changed.name);
        setAccent(changed.accent ?? "");
        setLogo(changed.logo);
        toast({ tone: "positive", title: "Portal branding saved" });
        // The sidebar shows the workspace's name, which the server renders.
        router.refresh();
        queryClient.setQueryData(trpc.portalBranding.current.queryKey(), changed);
        await queryClient.invalidateQueries(trpc.workspace.pathFilter());
      },
    }),
  );
  const chosen = readAccent(accent);
  const problem = save.error && problemOf(save.error);
  const nameError = fieldError(problem, "name");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (accent.trim() !== "" && chosen === null) return;
    save.mutate({
      ...(name !== saved.name && { name }),
      ...(chosen !== saved.accent && { accent: chosen }),
      ...(logo === null && saved.logo && { logo: null }),
      ...(logo && "file" in logo && { logo: logo.file }),
    });
  };
  return (
    <form onSubmit={submit} className="grid gap-5">
      <Field
        label="Name"
        name="name"
        required
        autoComplete="organization"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
        hint="Also used in invitations and the sidebar."
        error={nameError}
      />
      <LogoField value={logo} onChange={setLogo} />
      <AccentField value={accent} onChange={setAccent} />
      <BrandingPreview branding={{ name: name.trim() || saved.name, accent: chosen, logo }} />
      {problem && nameError === undefined && (
        <FormProblem message={problem.violations[0]?.message ?? problem.message} />
      )}
      <div>
        <Button type="submit" tone="primary" busy={save.isPending}>
          Save branding
        </Button>
      </div>
    </form>
  );
}
