import { expect, test } from "vitest";
import { attachment } from "./content-disposition";

test("an ASCII name is sent as it is", () => {
  expect(attachment("audit-log_Acme_all-time.csv.gz")).toBe('attachment; filename="audit-log_Acme_all-time.csv.gz"');
});

test.each([
  ["Grüße.csv", "Gru-e.csv", "Gr%C3%BC%C3%9Fe.csv"],
  ["日本.csv", "-.csv", "%E6%97%A5%E6%9C%AC.csv"],
  ["a'(b)*é.csv", "a'(b)*e.csv", "a%27%28b%29%2A%C3%A9.csv"],
  ['a"\\%\r\n.csv', "a----.csv", "a%22%5C%25%0D%0A.csv"],
  ["\ud800.csv", "-.csv", "%EF%BF%BD.csv"],
])("the name %j is sent encoded, and in ASCII for programs that don't decode it", (name, ascii, encoded) => {
  expect(attachment(name)).toBe(`attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`);
});
