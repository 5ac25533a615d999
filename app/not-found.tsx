import Link from "next/link";
import { MessagePage } from "@/components/feedback/message-page";
import { buttonStyle } from "@/components/ui/button";

export const metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="Page not found"
      actions={
        <Link href="/dashboard" className={buttonStyle("primary", "lg")}>
          Go to the dashboard
        </Link>
      }
    >
      Check the address. The page may have been deleted, or you may not have access to it. If a company gave you a link
      to your audit log, ask it for a new one.
    </MessagePage>
  );
}
