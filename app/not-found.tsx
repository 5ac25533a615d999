import Link from "next/link";
import { MessagePage } from "@/components/feedback/message-page";
import { buttonStyle } from "@/components/ui/button";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing here"
      actions={
        <Link href="/dashboard" className={buttonStyle("primary", "lg")}>
          Go to the dashboard
        </Link>
      }
    >
      The address may be mistyped, or what it led to is gone or is not yours to see. If a company gave you a link to
      your audit logs, ask it for a new one.
    </MessagePage>
  );
}
