import { expect, test } from "./fixtures";
import { generateLink } from "./portal-link";

test("with https in PUBLIC_URL, pages opened over http say so and offer neither form nor button", async ({
  page,
  trailport,
}) => {
  const publicUrl = "https://audit.vendor.example";
  const link = await generateLink(trailport);
  // As if Trailport ran with this PUBLIC_URL.
  await page.route(/\/(?:sign-in|portal\/launch)/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll(trailport.url, publicUrl) });
  });
  const notice = page.getByRole("alert").filter({ hasText: "You opened this page over http" });
  const way = notice.getByRole("link", { name: "Continue at https://audit.vendor.example" });
  await page.goto("/sign-in");
  await expect(way).toHaveAttribute("href", `${publicUrl}/sign-in`);
  await expect(page.getByLabel("Password")).toHaveCount(0);

  await page.goto(link);
  await expect(notice).toContainText("Your link is still unused.");
  await expect(way).toHaveAttribute("href", link.replace(trailport.url, publicUrl));
  await expect(page.getByRole("button", { name: /^Continue to/ })).toHaveCount(0);
});

test("signing out stays on the host in use", async ({ newVisitor, trailport }) => {
  const here = new URL(trailport.url);
  here.hostname = here.hostname === "localhost" ? "127.0.0.1" : "localhost";
  const page = await (await newVisitor({}, [here.origin])).newPage();
  await page.goto(`${here.origin}/sign-in`);
  await page.getByLabel("Email").fill(trailport.email);
  await page.getByLabel("Password").fill(trailport.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: /^Account: / }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(`${here.origin}/sign-in`);
});
