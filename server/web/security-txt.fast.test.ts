import { expect, test } from "vitest";
import { securityTxt } from "./security-txt";

const now = () => new Date("2026-11-30T12:00:00.000Z");
const config = (securityContact: string | null) =>
  // The function reads these two settings only.
  ({ securityContact, publicUrl: "https://audit.example.com" }) as Parameters<typeof securityTxt>[0]["config"];

test("security.txt names the operator's contact and expires within a year", async () => {
  const response = securityTxt({ config: config("mailto:security@example.com"), now });
  expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(await response.text()).toBe(
    "Contact: mailto:security@example.com\nExpires: 2027-05-29T12:00:00.000Z\nPreferred-Languages: en\n" +
      "Canonical: https://audit.example.com/.well-known/security.txt\n",
  );
});

test("without a configured contact, security.txt returns 404", () => {
  expect(securityTxt({ config: config(null), now }).status).toBe(404);
});
