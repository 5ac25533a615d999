import type { Metadata } from "next";
import { notFound } from "next/navigation";

export const metadata: Metadata = { title: "Not found" };

/** Every other address below the portal, so that a wrong one is answered within it. */
export default function UnknownPortalPage(): never {
  notFound();
}
