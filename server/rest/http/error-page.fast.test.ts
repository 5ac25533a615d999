import { expect, test } from "vitest";
import { DomainError } from "@/server/kernel/errors";
import { errorPage } from "./error-page";

test("an error page shows input as text, never as markup", () => {
  const { status, body } = errorPage("Problem", new DomainError("not_found", `Not found: '<img src="x">&'.`));
  expect(status).toBe(404);
  expect(body).toContain("Not found: &#39;&lt;img src=&quot;x&quot;&gt;&amp;&#39;.");
});
