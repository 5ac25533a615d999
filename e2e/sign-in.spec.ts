import { expect, test } from "./fixtures";

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
