import { describe, expect, test } from "vitest";
import { InexactNumber, parseExactJson, stringifyExactJson } from "./exact-json";

const exact = [
  "0",
  "1",
  "-1",
  "1.0",
  "1.50",
  "0.1",
  "1e3",
  "1E5",
  "1e-7",
  "-0.5",
  "100000000000000000000",
  "1e23",
  "0e5",
  "9007199254740991",
  "9007199254740992",
  "0.30000000000000004",
  "123456789012345680000",
  "5e-324",
  "1e308",
  "1.7976931348623157e308",
  "0.000001000",
  "0.00000000000000000000001",
  `1${"0".repeat(300)}`,
];
const inexact = [
  "9007199254740993",
  "-9007199254740993",
  "12345678901234567890",
  "0.1000000000000000055",
  "1.00000000000000001",
  "1e400",
  "-1e400",
  "1e-400",
  "-1e-400",
  "-0",
  "-0.0",
  "-0e1",
  "1.7976931348623159e308",
  "9007199254740993e0",
  "900719925474099.3e1",
  "3.141592653589793238462643",
  `1${"0".repeat(2_000)}`,
  `0.${"0".repeat(2_000)}1`,
];

describe.each([
  ["alone in an object", (number: string) => `{"a":${number}}`, (value: unknown) => (value as { a: unknown }).a],
  [
    "in a list after others",
    (number: string) => `[1, "9007199254740993",\n ${number} ]`,
    (value: unknown) => (value as unknown[])[2],
  ],
  [
    "deep inside, behind escapes",
    (number: string) => String.raw`{"x\"\\":[{"\u0061":{"b,:{":[[],{"c": ${"@"}}]}}]}`.replace("@", number),
    (value: unknown) =>
      (value as Record<string, [{ a: Record<string, [unknown, { c: unknown }]> }]>)['x"\\']?.[0].a["b,:{"]?.[1].c,
  ],
])("a number %s", (_, textWith, numberIn) => {
  test.each(exact)("is a number if a float keeps its value: %s", (number) => {
    expect(numberIn(parseExactJson(textWith(number)))).toBe(Number(number));
  });

  test.each(inexact)("is not a number if a float changes its value: %s", (number) => {
    expect(numberIn(parseExactJson(textWith(number)))).toEqual(new InexactNumber(number));
  });
});

test("numbers within strings and keys are not touched", () => {
  const value = { "1e400": "-0, 9007199254740993", a: '":9007199254740993', b: ["1e400\\"], c: "[-0]" };
  expect(parseExactJson(JSON.stringify(value))).toEqual(value);
  expect(parseExactJson(JSON.stringify(value, null, 2))).toEqual(value);
});

test("writing a parsed value keeps inexact numbers as they were sent", () => {
  const text = '{"a":9007199254740993,"b":[1e400,-0,{"c":0.1000000000000000055}],"d":"9007199254740993"}';
  expect(stringifyExactJson(parseExactJson(text))).toBe(text);
  expect(stringifyExactJson(undefined)).toBeUndefined();
});

test("of a repeated key the last value counts, whether exact or not", () => {
  expect(parseExactJson('{"a":9007199254740993,"a":1}')).toEqual({ a: 1 });
  expect(parseExactJson('{"a":{"b":9007199254740993},"a":{"b":1}}')).toEqual({ a: { b: 1 } });
  expect(parseExactJson('{"a":{"b":[9007199254740993]},"a":[1]}')).toEqual({ a: [1] });
  expect(parseExactJson('{"a":1,"a":9007199254740993}')).toEqual({ a: new InexactNumber("9007199254740993") });
});

test("a number under __proto__ is found, too", () => {
  const value = parseExactJson('{"__proto__":9007199254740993}') as object;
  expect(Object.getOwnPropertyDescriptor(value, "__proto__")?.value).toEqual(new InexactNumber("9007199254740993"));
});
