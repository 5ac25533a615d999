import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import type { KeyScope } from "@/schemas/api-keys/api-key";
import { messageOf } from "@/schemas/issues";
import { roleAllows, type Role } from "@/schemas/team/roles";
import { requireKeyScope } from "@/server/auth/api-key-scope";
import { admitAttempt, linkAttempts } from "@/server/domain/rate-limit/admit-attempt";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { scopeToEnvironment, scopeToWorkspaceOrganization } from "@/server/domain/workspaces/member-scope";
import { DomainError, failures, notFound } from "@/server/kernel/errors";
import { rejectUnknownFields } from "@/server/kernel/parse";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Caller, TrpcContext } from "./context";
import { transformer } from "./transformer";

/** Limit the size of an error, so that hostile input cannot cause a response of its own size. */
const MAX_VIOLATIONS = 100;
const MAX_TEXT_LENGTH = 300;

const t = initTRPC.context<TrpcContext>().create({
  transformer,
  errorFormatter({ shape, error, ctx }) {
    const { message, violations } = explain(error);
    return {
      ...shape,
      message,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, requestId: ctx?.requestId, violations },
    };
  },
});

/** Returns what a client may see of an error: the message of a domain error or a zod issue, and no other. */
function explain(error: TRPCError) {
  if (error.cause instanceof DomainError)
    return { message: error.cause.message, violations: error.cause.details.violations };
  // Only invalid input is the caller's mistake; any other ZodError is our own.
  if (error.code === "BAD_REQUEST" && error.cause instanceof z.ZodError) {
    const violations = error.cause.issues.slice(0, MAX_VIOLATIONS).map((issue) => ({
      code: issue.code,
      field: issue.path.join(".").slice(0, MAX_TEXT_LENGTH),
      message: messageOf(issue).slice(0, MAX_TEXT_LENGTH),
    }));
    return { message: violations.map((each) => `${each.field}: ${each.message}`).join("; "), violations };
  }
  return {
    message: error.code === "INTERNAL_SERVER_ERROR" ? "Something went wrong." : error.message,
    violations: undefined,
  };
}

export const router = t.router;

/** Converts a domain error to a TRPCError with its code; returns any other error unchanged. */
export function toTrpcError(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  return new TRPCError({ code: failures[error.code].trpc, message: error.message, cause: error });
}

/** Converts the domain errors of all procedures to tRPC errors. Logs unknown errors, whose messages clients never see. */
const base = t.procedure.use(async ({ ctx, next, path }) => {
  const result = await next();
  if (result.ok) return result;
  const cause = result.error.cause;
  if (cause instanceof DomainError) throw toTrpcError(cause);
  if (result.error.code === "INTERNAL_SERVER_ERROR") {
    ctx.services.log.error(
      { requestId: ctx.requestId, procedure: path, err: cause ?? result.error },
      "a procedure failed",
    );
  }
  return result;
});

/** The input schemas of each procedure. */
const inputSchemas = new Map<string, readonly z.core.$ZodType[]>();

/** Tells a router's procedures which input they have, so that they can reject any other. */
export function registerInputs({ _def }: { readonly _def: { readonly procedures: object } }): void {
  // Its type is nested, but at run time it has each procedure by its path.
  const procedures = _def.procedures as Readonly<Record<string, { readonly _def: { readonly inputs?: unknown[] } }>>;
  for (const [
    path,
    {
      _def: { inputs = [] },
    },
  ] of Object.entries(procedures)) {
    const schemas = inputs.filter((input) => input instanceof z.ZodType);
    inputSchemas.set(path, schemas);
  }
}

/** React Query sends it with every page of a list. */
const KNOWN_EVERYWHERE = ["direction"];

/** Rejects input that a procedure does not have: an ignored filter would make the result too large. */
const knownInput = t.middleware(async ({ path, getRawInput, next }) => {
  rejectUnknownFields(inputSchemas.get(path) ?? [], await getRawInput(), KNOWN_EVERYWHERE);
  return next();
});

/** The error for a caller who has no access at all. */
function unauthenticated(caller: Caller): DomainError {
  return new DomainError("unauthenticated", caller.kind === "anonymous" ? caller.signInHint : "Sign in to continue.");
}

/** For staff with at least the role `needed`: data of the whole workspace or of their own account. */
export function workspaceProcedure(needed: Role) {
  return base
    .use(({ ctx, next }) => {
      if (ctx.caller.kind !== "staff") throw unauthenticated(ctx.caller);
      requireRole(ctx.caller.scope.role, needed);
      return next({ ctx: { scope: ctx.caller.scope } });
    })
    .use(knownInput);
}

/**
 * For anyone with the secret of a link, signed in or not. Limits guesses per client address: calls that fail because the link
 * is not valid. A valid link always works, whatever others behind the same address do.
 */
export const linkProcedure = base.use(async ({ ctx, next }) => {
  const result = await next();
  const cause = result.ok ? null : result.error.cause;
  if (cause instanceof DomainError && cause.code === "gone")
    await admitAttempt(ctx.services, linkAttempts(ctx.address));
  return result;
});

/** For a visitor with a portal session. */
export const portalProcedure = base
  .use(({ ctx, next }) => {
    if (ctx.caller.kind !== "portal") throw unauthenticated(ctx.caller);
    return next({ ctx: { scope: ctx.caller.scope } });
  })
  .use(knownInput);

/**
 * For staff with at least the role `needed`, and for API keys with the scope `keyScope`. Staff name the environment in the
 * header `x-trailport-environment`; a key belongs to one.
 */
export function environmentProcedure(needed: Role, keyScope: KeyScope) {
  return base
    .use(async ({ ctx, next }) => {
      const { caller } = ctx;
      if (caller.kind === "api_key") {
        requireKeyScope(caller.scope, keyScope);
        return next({ ctx: { scope: caller.scope } });
      }
      if (caller.kind !== "staff") throw unauthenticated(caller);
      return next({ ctx: { scope: await staffEnvironment(caller, needed) } });
    })
    .use(knownInput);
}

/** For staff with at least the role `needed` in one environment, which they name like for `environmentProcedure`; not for API keys. */
export function staffEnvironmentProcedure(needed: Role) {
  return base
    .use(async ({ ctx, next }) => {
      const { caller } = ctx;
      if (caller.kind === "api_key") {
        throw new DomainError("forbidden", "An API key can't do this. Sign in to the dashboard instead.");
      }
      if (caller.kind !== "staff") throw unauthenticated(caller);
      return next({ ctx: { scope: await staffEnvironment(caller, needed) } });
    })
    .use(knownInput);
}

async function staffEnvironment(
  { scope, environmentId }: Extract<Caller, { kind: "staff" }>,
  needed: Role,
): Promise<EnvironmentScope> {
  requireRole(scope.role, needed);
  if (environmentId === null) {
    throw new DomainError("invalid_request", "The header x-trailport-environment must contain an environment ID.");
  }
  return scopeToEnvironment(scope, environmentId);
}

/**
 * For one organization's data: staff with at least the role `needed`, API keys with the scope `keyScope`, and the
 * organization's portal sessions.
 */
export function organizationProcedure(needed: Role, keyScope: KeyScope) {
  return identified(needed, keyScope)
    .input(z.object({ organizationId: z.string().max(100) }))
    .use(async ({ ctx, input, next }) => {
      const { caller } = ctx;
      switch (caller.kind) {
        case "staff":
          return next({
            ctx: {
              scope: await scopeToWorkspaceOrganization(caller.scope, input.organizationId, caller.environmentId),
            },
          });
        case "api_key":
          return next({ ctx: { scope: await scopeToOrganization(caller.scope, input.organizationId) } });
        case "portal":
          if (input.organizationId !== caller.scope.organization.id)
            throw notFound("Organization", input.organizationId);
          return next({ ctx: { scope: caller.scope } });
      }
    })
    .use(knownInput);
}

/**
 * Rejects callers without any access, staff without the role `needed` and API keys without the scope `keyScope`, before
 * their input is parsed.
 */
function identified(needed: Role, keyScope: KeyScope) {
  return base.use(({ ctx, next }) => {
    const { caller } = ctx;
    if (caller.kind === "anonymous") throw unauthenticated(caller);
    if (caller.kind === "staff") requireRole(caller.scope.role, needed);
    if (caller.kind === "api_key") requireKeyScope(caller.scope, keyScope);
    return next({ ctx: { caller } });
  });
}

/** Like `organizationProcedure`, for data that only the vendor may access. */
export function vendorOrganizationProcedure(needed: Role, keyScope: KeyScope) {
  return organizationProcedure(needed, keyScope).use(({ ctx, next }) => {
    if (ctx.caller.kind === "portal") throw new DomainError("forbidden", "This isn't available in the portal.");
    return next();
  });
}

function requireRole(actual: Role, needed: Role): void {
  if (roleAllows(actual, needed)) return;
  throw new DomainError(
    "forbidden",
    `Your role is ${actual}, but this requires the role ${needed}. Ask a workspace owner to change your role.`,
  );
}
