import type { z } from "zod";
import type { eventBody } from "@/schemas/events/event-body";
import { isRejection } from "@/server/domain/events/rejected/rejected-events";
import { DomainError } from "@/server/kernel/errors";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";
import { scopeToCachedOrganization } from "./organization-cache";
import { parseEvent } from "./parse-event";

/** Rejections after which a batch's other events are only stored if that takes no closer examination. */
const MAX_REJECTIONS = 100;
/** Organizations that a batch looks up at the same time, so that other requests get connections, too. */
const PARALLEL_LOOKUPS = 4;

/** Why an event of a batch was not examined. The sender can send it again, but not before it has fixed the others. */
export const notExamined = new DomainError(
  "unavailable",
  `Not examined, because ${MAX_REJECTIONS} other events of this batch were rejected. Send this event again.`,
  { wireCode: "not_examined" },
);

/**
 * Examines the events of one batch, and stops looking closely after `MAX_REJECTIONS` rejections: an invalid event takes ten
 * times as long as a valid one, and one of an unknown organization takes a query.
 */
export class BatchExamination {
  #rejections = 0;
  /** Events that were not stored because of a limit, such as that of new actions. */
  #limited = 0;
  /** Rejections that were counted when the event was parsed, before others of the batch were. */
  readonly #counted = new Set<unknown>();
  readonly #organizations = new Map<string, Promise<OrganizationScope>>();
  #freeLookups = PARALLEL_LOOKUPS;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly scope: EnvironmentScope) {}

  /** The number of events that took as long as a rejected one. */
  get costly(): number {
    return Math.min(this.#rejections, MAX_REJECTIONS) + this.#limited;
  }

  /** Parses an event that is not plain. @throws `notExamined`; DomainError if the event is invalid */
  parse(item: unknown): z.output<typeof eventBody> {
    this.#requireExamination();
    try {
      return parseEvent(item);
    } catch (failure) {
      this.#rejections += 1;
      this.#counted.add(failure);
      throw failure;
    }
  }

  /** Finds an organization, once per batch. @throws `notExamined`; DomainError `not_found` */
  findOrganization(id: string): Promise<OrganizationScope> {
    let known = this.#organizations.get(id);
    if (!known) this.#organizations.set(id, (known = this.#lookUp(id)));
    return known;
  }

  /** Counts a failure if it is a rejection; returns `notExamined` instead of rejections beyond the limit. */
  failureOf(failure: unknown): unknown {
    if (failure instanceof DomainError && failure.code === "too_many") this.#limited += 1;
    if (!isRejection(failure) || this.#counted.has(failure)) return failure;
    this.#rejections += 1;
    return this.#rejections > MAX_REJECTIONS ? notExamined : failure;
  }

  async #lookUp(id: string): Promise<OrganizationScope> {
    if (this.#freeLookups > 0) this.#freeLookups -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      this.#requireExamination();
      return await scopeToCachedOrganization(this.scope, id);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#freeLookups += 1;
    }
  }

  #requireExamination(): void {
    if (this.#rejections >= MAX_REJECTIONS) throw notExamined;
  }
}
