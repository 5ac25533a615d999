import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ReloadOutdated } from "@/components/feedback/reload-outdated";
import { parseTheme, THEME_COOKIE } from "@/components/theme/theme";
import { StartClock } from "@/components/time/start-clock";
import { ToastProvider } from "@/components/ui/overlays/toast";
import { Tooltips } from "@/components/ui/overlays/tooltips";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Trailport", template: "%s · Trailport" },
  description: "Audit logs that you can search, export and share with customers.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body className="font-sans">
        <StartClock now={Date.now()} />
        <ReloadOutdated />
        <ToastProvider>{children}</ToastProvider>
        <Tooltips />
      </body>
    </html>
  );
}
