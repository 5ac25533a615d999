import type { Attack } from "@/bench/hostile/attack";

const LOOPS = 2;
/** About as many as a portal visitor's call may have. */
const VISITOR_VALUES = 9_900;
/** 900 kB. */
const HOSTILE_VALUES = 300_000;

/** Calls a procedure without credentials, with a body that takes long to parse. */
export async function callAnonymously(attack: Attack): Promise<void> {
  const body = callWith("{}", HOSTILE_VALUES);
  await attack.loop(LOOPS, () => ({ method: "POST", path: "/api/trpc/events.list", body }));
}

/** Calls a procedure with a portal session, by turns with bodies below and above its limits. */
export async function callAsVisitor(attack: Attack): Promise<void> {
  const bodies = [
    callWith("{}", VISITOR_VALUES),
    callWith('"a target ID, made up"', VISITOR_VALUES),
    callWith("{}", HOSTILE_VALUES),
  ];
  let calls = 0;
  await attack.loop(LOOPS, () => {
    calls += 1;
    const body = bodies[calls % bodies.length];
    return {
      method: "POST",
      path: "/api/portal/events.list",
      headers: attack.target.portal,
      ...(body !== undefined && { body }),
    };
  });
}

/** Returns a list's input with this value many times. */
function callWith(value: string, times: number): string {
  const targetIds = `[${`${value},`.repeat(times - 1)}${value}]`;
  return `{"json":{"filters":{"targetIds":${targetIds}},"limit":50}}`;
}
