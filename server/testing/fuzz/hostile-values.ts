/** Timestamps at both ends of the calendar, before and after applying the offset. */
export const timestamps = [
  "0001-01-01T00:00:00Z",
  "0001-01-01T00:00:00+01:00",
  "0001-01-01T00:00:00+23:59",
  "0000-12-31T23:59:59.999Z",
  "9999-12-31T23:59:59.998Z",
  "9999-12-31T23:59:59.999Z",
  "9999-12-31T23:59:59-01:00",
  "9999-12-31T23:59:59.999+23:59",
  "+010000-01-01T00:00:00+00:01",
  "+275760-09-13T00:00:00Z",
] as const;

/** Cursors of event lists before and after both ends of the calendar. */
export const cursors = [-62_135_596_800_001, -62_135_596_800_000, 253_402_300_799_999, 253_402_300_800_000].map(
  (time) => Buffer.from(`${time}.00000000-0000-0000-0000-000000000000`).toString("base64url"),
);

/** Event IDs from the years 1970 and 10889. */
export const eventIds = [`audit_log_event_${"0".repeat(26)}`, `audit_log_event_7${"Z".repeat(25)}`] as const;

/** Strings that are known to break software. */
export const texts = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udc00tail",
  "😀".repeat(300),
  "x".repeat(501),
  "x".repeat(100_000),
  "<script>alert(1)</script>",
  "'; DROP TABLE organization; --",
  "${7*7}{{7*7}}",
  "../../etc/passwd",
  "%00",
  "%zz",
  "\u202eevil",
  "\r\nx-injected: 1",
  "null",
  "NaN",
  "2026-06-31T00:00:00Z",
  "0000-00-00",
  ...timestamps,
  "org_01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "javascript:alert(1)",
  "http://[::1",
  "11_MONTHS",
] as const;

/** Numbers as JSON text; JavaScript cannot represent some of them. */
export const numbers = [
  "-1",
  "0",
  "-0",
  "1.5",
  "1e400",
  "-1e400",
  "1e-400",
  "9007199254740993",
  "99999999999999999999999999",
  "2147483648",
  "1E5",
] as const;
/** Object keys with a special meaning in JavaScript, and extreme ones. */
export const keys = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "length",
  "then",
  "toJSON",
  "",
  "\u0000",
  "x".repeat(60_000),
] as const;

/** Authorization headers without a valid API key. */
export const hostileAuthorizations = [
  "Bearer",
  "Bearer ",
  "Bearer sk_x",
  `Bearer ${"x".repeat(5_000)}`,
  "Basic c2s6",
  "bearer \u00ff",
  "Bearer a b",
  "\u00e9",
] as const;
