import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import { roleAllows, type Role } from "@/schemas/team/roles";
import { admitAttempt, forgiveAttempt, linkAttempts } from "@/server/domain/rate-limit/admit-attempt";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { scopeToEnvironment, scopeToWorkspaceOrganization } from "@/server/domain/workspaces/member-scope";
import { DomainError, failures, notFound } from "@/server/kernel/errors";
import type { Caller, TrpcContext } from "./context";
import { transformer } from "./transformer";

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

/** What of a failure may leave the server: a domain error's own words, a zod issue's, and of anything else nothing. */
function explain(error: TRPCError) {
  if (error.cause instanceof DomainError)
    return { message: error.cause.message, violations: error.cause.details.violations };
  // Only input that did not parse is the caller's business; any other ZodError is our own mistake.
  if (error.code === "BAD_REQUEST" && error.cause instanceof z.ZodError) {
    const violations = error.cause.issues.map((issue) => ({
      code: issue.code,
      field: issue.path.join("."),
      message: issue.message,
    }));
    return { message: violations.map((each) => `${each.field}: ${each.message}`).join("; "), violations };
  }
  return {
    message: error.code === "INTERNAL_SERVER_ERROR" ? "Something went wrong on our side." : error.message,
    violations: undefined,
  };
}

export const router = t.router;

/** A domain error with its tRPC code; anything else as it is. */
export function toTrpcError(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  return new TRPCError({ code: failures[error.code].trpc, message: error.message, cause: error });
}

/** The one place where a procedure's domain error gets its tRPC code; unknown errors are logged and say nothing. */
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

/** For a caller who is nobody here, with the way in. */
function unauthenticated(caller: Caller): DomainError {
  return new DomainError("unauthenticated", caller.kind === "nobody" ? caller.wayIn : "Sign in to continue.");
}

/** For signed-in staff with at least `needed`, and for what concerns all of the workspace or themselves. */
export function workspaceProcedure(needed: Role) {
  return base.use(({ ctx, next }) => {
    if (ctx.caller.kind !== "staff") throw unauthenticated(ctx.caller);
    requireRole(ctx.caller.scope.role, needed);
    return next({ ctx: { scope: ctx.caller.scope } });
  });
}

/** For whoever holds a link with a secret, signed in or not; limited by address. */
export const linkProcedure = base.use(async ({ ctx, next }) => {
  const attempts = linkAttempts(ctx.address);
  await admitAttempt(ctx.services, attempts);
  const result = await next();
  if (result.ok) await forgiveAttempt(ctx.services, attempts);
  return result;
});

/** For a customer with a portal session. */
export const portalProcedure = base.use(({ ctx, next }) => {
  if (ctx.caller.kind !== "portal") throw unauthenticated(ctx.caller);
  return next({ ctx: { scope: ctx.caller.scope } });
});

/**
 * For staff with at least `needed`, and API keys. Staff name the environment in the header
 * `x-trailport-environment`; a key has its own.
 */
export function environmentProcedure(needed: Role) {
  return base.use(async ({ ctx, next }) => {
    const { caller } = ctx;
    if (caller.kind === "api_key") return next({ ctx: { scope: caller.scope } });
    if (caller.kind !== "staff") throw unauthenticated(caller);
    requireRole(caller.scope.role, needed);
    if (caller.environmentId === null) {
      throw new DomainError("invalid_request", "Name the environment in the header x-trailport-environment.");
    }
    return next({ ctx: { scope: await scopeToEnvironment(caller.scope, caller.environmentId) } });
  });
}

/** For one organization's data: staff with at least `needed`, API keys, and the organization's own portal sessions. */
export function organizationProcedure(needed: Role) {
  return base.input(z.object({ organizationId: z.string().max(100) })).use(async ({ ctx, input, next }) => {
    const { caller } = ctx;
    switch (caller.kind) {
      case "staff":
        requireRole(caller.scope.role, needed);
        return next({
          ctx: { scope: await scopeToWorkspaceOrganization(caller.scope, input.organizationId, caller.environmentId) },
        });
      case "api_key":
        return next({ ctx: { scope: await scopeToOrganization(caller.scope, input.organizationId) } });
      case "portal":
        if (input.organizationId !== caller.scope.organization.id) throw notFound("Organization", input.organizationId);
        return next({ ctx: { scope: caller.scope } });
      case "nobody":
        throw unauthenticated(caller);
    }
  });
}

/** The same, for what only the vendor's side may do. */
export function vendorOrganizationProcedure(needed: Role) {
  return organizationProcedure(needed).use(({ ctx, next }) => {
    if (ctx.caller.kind === "portal") throw new DomainError("forbidden", "This is not part of the portal.");
    return next();
  });
}

function requireRole(actual: Role, needed: Role): void {
  if (roleAllows(actual, needed)) return;
  throw new DomainError(
    "forbidden",
    `Your role is ${actual}; this needs the role ${needed}. Ask an owner of the workspace.`,
  );
}
