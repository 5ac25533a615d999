"use client";

import { problemOf } from "@/components/trpc/problem";
import { Field } from "@/components/ui/forms/field";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { formText } from "@/components/ui/forms/form-text";
import type { Organization } from "@/schemas/organizations/organization";

interface NameFieldProps {
  readonly defaultValue?: string;
  readonly readOnly?: boolean;
  readonly placeholder?: string;
  readonly className?: string;
  readonly error: string | undefined;
}

/** The organization's name, the only field that every organization needs. */
export function OrganizationNameField(props: NameFieldProps) {
  return <Field label="Name" name="name" required autoComplete="off" maxLength={255} {...props} />;
}

interface OrganizationFieldsProps {
  /** The saved organization, or null for a new one. */
  readonly organization: Organization | null;
  readonly isReadOnly?: boolean;
  /** The error of the mutation that submits the form. The server validates, and its error names the field. */
  readonly error: unknown;
}

/** Edits an organization's name, external ID and domains. Submit what `organizationValues` reads from the form. */
export function OrganizationFields({ organization, isReadOnly = false, error }: OrganizationFieldsProps) {
  const problem = error ? problemOf(error) : null;
  const errorOf = (field: string) => {
    const isAbout = (path: string) => path === field || path.startsWith(`${field}.`);
    // Updates nest their fields under "changes".
    return problem?.violations.find((each) => isAbout(each.field.replace(/^changes\./, "")))?.message;
  };
  const errors = { name: errorOf("name"), externalId: errorOf("externalId"), domains: errorOf("domains") };
  const isShownAtField = Object.values(errors).some((message) => message !== undefined);
  return (
    <>
      <OrganizationNameField readOnly={isReadOnly} defaultValue={organization?.name ?? ""} error={errors.name} />
      <Field
        label="External ID"
        name="external_id"
        required={false}
        autoComplete="off"
        maxLength={128}
        readOnly={isReadOnly}
        defaultValue={organization?.externalId ?? ""}
        hint="This customer’s ID in your own system."
        error={errors.externalId}
      />
      <Field
        label="Domains"
        name="domains"
        required={false}
        autoComplete="off"
        readOnly={isReadOnly}
        defaultValue={organization?.domains.map((each) => each.domain).join(", ") ?? ""}
        {...(!isReadOnly && { placeholder: "example.com, example.org" })}
        hint="Comma-separated. Used for search."
        error={errors.domains}
      />
      {problem && !isShownAtField && <FormProblem message={problem.message} />}
    </>
  );
}

/** Reads the fields from the form. Domains that the organization already has keep their state. */
export function organizationValues(form: HTMLFormElement, organization: Organization | null) {
  const states = new Map(organization?.domains.map((each) => [each.domain, each.state]));
  const domains = formText(form, "domains")
    .split(/[\s,]+/)
    .filter((domain) => domain !== "")
    .map((domain) => ({ domain, state: states.get(domain.toLowerCase()) ?? ("unverified" as const) }));
  return {
    name: formText(form, "name").trim(),
    externalId: formText(form, "external_id").trim() || null,
    domains,
  };
}
