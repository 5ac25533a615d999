import { Field } from "@/components/ui/forms/field";
import { PASSWORD_LENGTH } from "@/schemas/limits";

/** The password that is to be set. */
export function NewPasswordField({ error }: { readonly error: string | undefined }) {
  return (
    <Field
      label="New password"
      name="password"
      type="password"
      required
      minLength={PASSWORD_LENGTH.min}
      maxLength={PASSWORD_LENGTH.max}
      autoComplete="new-password"
      hint={`At least ${PASSWORD_LENGTH.min} characters. A few words that do not belong together are a good one.`}
      error={error}
    />
  );
}
