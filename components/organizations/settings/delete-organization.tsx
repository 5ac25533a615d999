"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef, useState, type FormEvent } from "react";
import { useTRPC } from "@/components/trpc/context";
import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { Dialog, DialogActions } from "@/components/ui/overlays/dialog";
import { useToast } from "@/components/ui/overlays/toast";

interface DeleteOrganizationProps {
  readonly organization: { readonly id: string; readonly name: string };
  readonly listHref: string;
}

/** Deletes the organization after the user types its name. */
export function DeleteOrganization({ organization, listHref }: DeleteOrganizationProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const queryClient = useQueryClient();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const remove = useMutation(
    trpc.organizations.delete.mutationOptions({
      onSuccess: async () => {
        toast({ tone: "positive", title: `Deleted “${organization.name}”` });
        router.push(listHref);
        await queryClient.invalidateQueries(trpc.organizations.list.pathFilter());
      },
    }),
  );
  const matches = typed.trim() === organization.name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (matches && !remove.isPending) remove.mutate({ organizationId: organization.id });
  };
  return (
    <>
      <ul className="list-disc space-y-1 pl-4 text-muted">
        <li>All of its events and exported files are deleted. This can&rsquo;t be undone.</li>
        <li>Its portal links stop working, and portal visitors are signed out.</li>
        <li>API requests for this organization will fail.</li>
      </ul>
      <p className="mt-3 text-muted">Export anything you need first.</p>
      <Button
        ref={trigger}
        tone="danger"
        aria-haspopup="dialog"
        className="mt-4"
        onClick={() => {
          setTyped("");
          setOpen(true);
        }}
      >
        Delete organization…
      </Button>
      <Dialog role="alertdialog" open={open} onOpenChange={setOpen} title="Delete organization" returnFocusTo={trigger}>
        <form onSubmit={submit} className="grid gap-4">
          <p className="text-muted">
            This permanently deletes all events, exports and portal links of{" "}
            <bdi className="font-medium text-ink wrap-anywhere">{organization.name}</bdi>. Type the organization&rsquo;s
            name to confirm.
          </p>
          <Field
            label="Organization name"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          {remove.error && <FormProblem message={problemOf(remove.error).message} />}
          <DialogActions>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" tone="danger" disabled={!matches} busy={remove.isPending}>
              Delete permanently
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
