import type { Metadata } from "next";
import { notFound } from "next/navigation";

export const metadata: Metadata = { title: "Page not found" };

/** Catches all unknown URLs below a portal session, so that the “not found” page keeps the portal's frame. */
export default function UnknownPortalPage(): never {
  notFound();
}
