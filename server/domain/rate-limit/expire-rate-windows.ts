import type { Services } from "@/server/services";

const HOUR = 60 * 60_000;

/** Forgets the minutes of which nobody reserves any more. */
export async function expireRateWindows(services: Services): Promise<void> {
  await services.db.prisma.rateWindow.deleteMany({
    where: { startsAt: { lt: new Date(services.now().getTime() - HOUR) } },
  });
}
