import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

async function signIn(page: Page, { email, password }: { readonly email: string; readonly password: string }) {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/organizations$/);
}

test("a wrong password shows an error, and ten of them show how long to wait", async ({ page, trailport }) => {
  await page.setExtraHTTPHeaders({ "x-forwarded-for": "203.0.113.77" });
  await page.goto("/dashboard");
  await expect(page).toHaveURL("/sign-in?callbackUrl=%2Fdashboard");
  await page.getByLabel("Email").fill("nobody@trailport.local");
  await page.getByLabel("Password").fill("not the right one");
  const submit = page.getByRole("button", { name: "Sign in" });
  const alert = page.locator("form").getByRole("alert");
  for (let n = 0; n < 10; n++) {
    const responded = page.waitForResponse(/callback\/credentials/);
    await submit.click();
    await responded;
    await expect(alert).toHaveText("Wrong email or password.");
    await expect(submit).not.toHaveAttribute("aria-busy");
  }
  await submit.click();
  await expect(alert).toHaveText("Too many attempts. Try again in a minute.");

  await page.getByLabel("Email").fill(trailport.email);
  await page.getByLabel("Password").fill(trailport.password);
  await submit.click();
  await expect(page).toHaveURL(/organizations$/);
});

test("a copy of the session cookie stops working when its owner signs out", async ({ page, context, trailport }) => {
  await signIn(page, trailport);
  const copies = (await context.cookies()).filter(({ name }) => name.endsWith("session-token"));
  expect((await page.request.get("/api/trpc/account.current")).status()).toBe(200);
  await page.getByRole("button", { name: /^Account: / }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await context.addCookies(copies);
  expect((await page.request.get("/api/trpc/account.current")).status()).toBe(401);
  expect(await (await page.request.get("/api/auth/session")).json()).toEqual({});
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("the account page lists sessions and ends one in another browser", async ({ page, newVisitor, trailport }) => {
  await signIn(page, trailport);
  const other = await (await newVisitor()).newPage();
  const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0";
  await other.setExtraHTTPHeaders({ "user-agent": firefox });
  await signIn(other, trailport);
  await page.goto(page.url().replace(/organizations$/, "account"));
  const sessions = page.getByRole("list", { name: "Sessions" }).getByRole("listitem");
  const elsewhere = sessions.filter({ hasText: "Firefox on Windows" });
  await expect(elsewhere).toContainText(/127\.0\.0\.1.*last used/s);
  await expect(sessions.filter({ hasText: "This browser" })).toHaveCount(1);
  await elsewhere.getByRole("button", { name: /^End session/ }).click();
  await expect(elsewhere).toHaveCount(0);
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in/);
  await page.reload();
  await expect(sessions.filter({ hasText: "This browser" })).toHaveCount(1);
});
