"use client";

import { useQuery } from "@tanstack/react-query";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { SettingsSection } from "@/components/settings/settings-section";
import { ROLE_LABELS } from "@/components/team/role-labels";
import { Timestamp } from "@/components/time/timestamp";
import { useTRPC } from "@/components/trpc/context";
import { Skeleton } from "@/components/ui/skeleton";
import { NameForm } from "./name-form";
import { PasswordForm } from "./password-form";
import { SessionList } from "./session-list";
import { SignOutEverywhere } from "./sign-out-everywhere";

/** A member's own profile, password and sessions. */
export function AccountSettings() {
  const trpc = useTRPC();
  const account = useQuery(trpc.account.current.queryOptions());
  if (account.error && !account.data)
    return <ProblemNotice what="your account" error={account.error} onRetry={() => void account.refetch()} />;
  if (!account.data) {
    return (
      <div role="status" aria-label="Loading your account" className="space-y-4 py-6">
        <Skeleton className="w-1/3" />
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
      </div>
    );
  }
  const { name, email, role, hasPassword, lastSignInAt } = account.data;
  return (
    <>
      <SettingsSection title="Profile" description="Shown next to your activity.">
        <NameForm key={name} name={name} />
        <dl className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-muted">
          <dt>Email</dt>
          <dd className="text-ink wrap-anywhere">{email}</dd>
          <dt>Role</dt>
          <dd className="text-ink">{ROLE_LABELS[role]}</dd>
          {lastSignInAt && (
            <>
              <dt>Last sign-in</dt>
              <dd className="text-ink">
                <Timestamp time={lastSignInAt} />
              </dd>
            </>
          )}
        </dl>
      </SettingsSection>
      <SettingsSection title="Password" description="Changing it signs you out everywhere else.">
        {hasPassword ? (
          <PasswordForm email={email} />
        ) : (
          <p className="text-muted">
            You sign in through your company&rsquo;s identity provider and don&rsquo;t have a password. An owner can
            send you a link to set one.
          </p>
        )}
      </SettingsSection>
      <SettingsSection
        title="Sessions"
        description="The browsers in which you are signed in. Sessions last up to 7 days."
      >
        <SessionList />
        <div className="mt-4">
          <SignOutEverywhere />
        </div>
      </SettingsSection>
    </>
  );
}
