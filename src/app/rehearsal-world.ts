/**
 * A drill's own AWS: the simulated one, with what the scenario's event names in it. Loaded when a drill
 * asks for something, so that nothing else has to carry it.
 */
import type { MemberRole } from '../actions/action.ts';
import { sessionPolicy } from '../actions/session-policy.ts';
import type { FunctionName } from '../aws/rights.ts';
import type { CordonConfig } from '../config/config.ts';
import type { Drill, RehearsedCall } from '../drills/drill.ts';
import { scenarioOf, stageOf } from '../drills/stage.ts';
import { parse } from '../findings/parse.ts';
import { materialise } from '../local/world/materialise.ts';
import { parseSessionPolicy } from '../local/world/session-rights.ts';
import { memberRoles } from '../local/world/sts.ts';
import { createWorld, type World } from '../local/world/world.ts';
import type { Wish } from './rehearsal.ts';

export interface RehearsalWorld {
  /** What was kept as evidence, by request and name. */
  readonly evidence: ReadonlyMap<string, string>;
  /** Asks under the wished role and session. */
  call(wish: Wish, call: RehearsedCall): Promise<object>;
  /** Throws AWS's refusal where the wished role and session do not allow the call. */
  admit(wish: Wish, call: RehearsedCall): Promise<void>;
  /** Makes a change that is written down; throws AWS's refusal. */
  make(call: RehearsedCall): Promise<object>;
  /** Makes once more what was made `at` (ISO 8601 UTC). What AWS refused then it refuses again. */
  replay(call: RehearsedCall, at: string): Promise<void>;
}

const isMemberRole = (role: string | undefined): role is MemberRole =>
  memberRoles.some((one) => one === role);

const incoming = ({ region, operation, input }: RehearsedCall, accessKeyId: string) => {
  const [service = '', name = ''] = operation.split(':');
  return { service, operation: name, input, region, accessKeyId };
};

/** A session as STS would have given it: the same role, narrowed by the same policy. */
const session = (
  world: World,
  functionName: FunctionName,
  wish: Pick<Wish, 'role' | 'account' | 'region' | 'scope'>,
): string => {
  const key = `DRILL-${wish.role}`;
  world.sessions.set(key, {
    kind: 'session',
    function: functionName,
    role: wish.role,
    account: wish.account,
    tags: {},
    expires: Number.POSITIVE_INFINITY,
    ...(wish.scope
      ? {
          policy: parseSessionPolicy(
            sessionPolicy(wish.scope, { ...wish, roleNames: world.roleNames }),
          ),
        }
      : {}),
  });
  return key;
};

export const rehearsalWorld = async (
  drill: Drill,
  behind: {
    readonly functionName: FunctionName;
    readonly config: Pick<CordonConfig, 'roleNames' | 'securityAccount'>;
    readonly now: () => number;
  },
): Promise<RehearsalWorld> => {
  let then: number | undefined = Date.parse(drill.startedAt);
  const { functionName, config } = behind;
  const world = createWorld({
    now: () => then ?? behind.now(),
    securityAccount: config.securityAccount,
    roleNames: config.roleNames,
  });
  const evidence = new Map<string, string>();
  /** What Cordon would send goes under its role, because policies of resources ask for it; all else is an administrator's. */
  const made = ({ role, ...call }: RehearsedCall): Promise<object> => {
    const { account, region } = call;
    return world.dispatch(
      incoming(
        call,
        isMemberRole(role)
          ? session(world, functionName, { role, account, region })
          : `ADMIN-${account}`,
      ),
    );
  };
  const scenario = scenarioOf(drill);
  const stage = stageOf(drill);
  const event = scenario.event(stage);
  const finding = parse(event);
  if (finding.kind === 'finding') materialise(world, finding, event);
  for (const call of scenario.furnish?.(stage) ?? []) await made(call);
  then = undefined;
  const make = async (call: RehearsedCall): Promise<object> => {
    if (call.operation !== 'evidence:Put') return made(call);
    const { key, body } = call.input as { readonly key: string; readonly body: string };
    if (!evidence.has(key)) evidence.set(key, body);
    return {};
  };
  return {
    evidence,
    call: (wish, call) => world.dispatch(incoming(call, session(world, functionName, wish))),
    admit: (wish, call) => world.admit(incoming(call, session(world, functionName, wish))),
    make,
    async replay(call, at) {
      then = Date.parse(at);
      try {
        await make(call);
      } catch {
        // It changed nothing then either.
      } finally {
        then = undefined;
      }
    },
  };
};
