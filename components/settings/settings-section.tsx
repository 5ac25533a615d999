import type { ReactNode } from "react";

interface SettingsSectionProps {
  readonly title: string;
  readonly description: string;
  readonly children: ReactNode;
}

/** A setting with its explanation next to it. */
export function SettingsSection({ title, description, children }: SettingsSectionProps) {
  return (
    <section className="grid gap-4 border-t py-6 md:grid-cols-[16rem_minmax(0,32rem)] md:gap-10">
      <div>
        <h2 className="font-semibold">{title}</h2>
        <p className="mt-1 text-muted">{description}</p>
      </div>
      <div>{children}</div>
    </section>
  );
}
