import { decodeTime, ulid, ulidToUUID, uuidToULID } from "ulid";
import { expect, test } from "vitest";
import { eventId, newEventUuid, parseEventId, withNewIds } from "./ids";

test("an event's ID is the ULID of its UUID and converts back to it", () => {
  const times = [0, 1, 1_757_937_600_000, 281_474_976_710_655];
  for (const time of times.flatMap((each) => Array.from({ length: 50 }, () => each))) {
    const id = ulid(time);
    const uuid = ulidToUUID(id);
    expect(eventId(uuid)).toBe(`audit_log_event_${id}`);
    expect(eventId(uuid.toLowerCase())).toBe(`audit_log_event_${id}`);
    expect(parseEventId(eventId(uuid))).toBe(uuid.toLowerCase());
  }
  expect(eventId("00000000-0000-0000-0000-000000000000")).toBe(`audit_log_event_${"0".repeat(26)}`);
  expect(eventId("ffffffff-ffff-ffff-ffff-ffffffffffff")).toBe(`audit_log_event_7${"Z".repeat(25)}`);
  const now = new Date("2026-10-01T12:00:00.123Z");
  expect(newEventUuid(now)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(decodeTime(uuidToULID(newEventUuid(now)))).toBe(now.getTime());
  expect(newEventUuid(now)).not.toBe(newEventUuid(now));
});

test("IDs created in the same millisecond sort in creation order", () => {
  const items = withNewIds(
    "org_domain",
    new Date("2026-10-01"),
    Array.from({ length: 50 }, (_, nth) => ({ nth })),
  );
  expect(new Set(items.map(({ id }) => id)).size).toBe(50);
  expect(items.toSorted((one, other) => (one.id < other.id ? -1 : 1)).map(({ nth }) => nth)).toEqual([
    ...Array(50).keys(),
  ]);
});
