/** How the executor gets into an account: one session to look, and one for what a step may do. */

import type { Aws } from '../actions/aws.ts';
import { worksIn } from '../actions/index.ts';
import type { Part } from '../actions/parts.ts';
import { lookScope, type Scope, stepScope } from '../actions/session-policy.ts';
import type { Drill } from '../drills/drill.ts';
import { errorInWords } from '../execution/error-in-words.ts';
import { held } from '../execution/held.ts';
import { type Step, StoreFailure } from '../execution/run-steps.ts';
import type { Request } from '../requests/request.ts';
import { sourceIdentityOf } from '../requests/requester.ts';
import type { ExecutePorts, Work } from './run-work.ts';

/** What STS says no to, for people: a retry would change nothing. */
const refusals = [
  'AccessDenied',
  'AccessDeniedException',
  'MalformedPolicyDocument',
  'PackedPolicyTooLarge',
  'RegionDisabledException',
  'ValidationError',
];

const isRefusal = (error: unknown): boolean =>
  error instanceof Error && refusals.includes(error.name);

const session = (
  ports: ExecutePorts,
  {
    part,
    request,
    drill,
  }: { readonly part: Part; readonly request: Request; readonly drill: Drill | undefined },
  scope: Scope,
): Promise<Aws> =>
  ports.aws.as({
    role: part.action.role,
    ...worksIn(part.action, part.basis.target, ports.config),
    requestId: request.id,
    caseId: request.caseId,
    sourceIdentity: sourceIdentityOf(request.requestedBy),
    scope,
    drill,
  });

/** A role that refuses is an answer for people; any other failure is retried. */
type Looking = Aws | { readonly because: string };

export interface Sessions {
  /** Planning again and reading back: asked for once, and no step's change is possible in it. */
  look(part: Part): Promise<Looking>;
  /** Can do what this step needs and nothing else; steps that need the same share one. */
  step(part: Part, step: Pick<Step, 'register'>): Promise<Aws>;
}

export const sessionsOf = (
  ports: ExecutePorts,
  { request, drill }: Pick<Work, 'request' | 'drill'>,
): Sessions => {
  const looks = new Map<string, Promise<Looking>>();
  const steps = new Map<string, Promise<Aws>>();
  const look = async (part: Part): Promise<Looking> => {
    try {
      return await session(ports, { part, request, drill }, lookScope(part.action));
    } catch (error) {
      if (isRefusal(error)) return { because: errorInWords(error) };
      throw error;
    }
  };
  const open = async (part: Part, scope: Scope): Promise<Aws> => {
    try {
      return await session(ports, { part, request, drill }, scope);
    } catch (error) {
      if (isRefusal(error)) throw error;
      throw new StoreFailure(error, 'the session service did not answer');
    }
  };
  return {
    look: (part) => {
      const opening = looks.get(part.key) ?? held(look(part));
      looks.set(part.key, opening);
      return opening;
    },
    step: (part, { register }) => {
      const scope = stepScope(part.action, register, request.kind);
      const key = JSON.stringify([part.key, scope]);
      const opening = steps.get(key) ?? held(open(part, scope));
      steps.set(key, opening);
      return opening;
    },
  };
};
