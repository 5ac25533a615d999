import { Field } from "@/components/ui/forms/field";
import { PASSWORD_LENGTH } from "@/schemas/limits";

interface NewPasswordFieldProps {
  readonly label: string;
  readonly error: string | undefined;
}

/** A field for choosing a password. */
export function NewPasswordField({ label, error }: NewPasswordFieldProps) {
  return (
    <Field
      label={label}
      name="password"
      type="password"
      required
      minLength={PASSWORD_LENGTH.min}
      maxLength={PASSWORD_LENGTH.max}
      autoComplete="new-password"
      hint={`At least ${PASSWORD_LENGTH.min} characters. Try a few unrelated words.`}
      error={error}
    />
  );
}
