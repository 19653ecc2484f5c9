/** What worker and executor answer `cordon doctor`, beside their work: what an account lets them do. */
import type { CordonConfig } from '../config/config.ts';
import type { checkReading, checkResponse } from '../flows/check-account.ts';
import { accountSessions } from './account-sessions.ts';
import type { Deployment } from './deployment.ts';
import type { Outside } from './outside.ts';

type ResponseRole = Parameters<typeof checkResponse>[2][number];

/** What `cordon doctor` sends to worker and executor. */
export interface AccountCheck {
  readonly check: 'account';
  readonly account: string;
  /** For executor: the response roles that worker found. */
  readonly roles?: readonly ResponseRole[];
}

export const isAccountCheck = (event: unknown): event is AccountCheck =>
  typeof event === 'object' &&
  event !== null &&
  Reflect.get(event, 'check') === 'account' &&
  typeof Reflect.get(event, 'account') === 'string';

export type AccountFinding = Awaited<ReturnType<typeof checkReading>>[number];

type Answer = (check: AccountCheck) => Promise<readonly AccountFinding[]>;

/** Each function asks with the rights that it has: worker reads, executor assumes the response roles. */
export const accountCheck = (
  functionName: 'worker' | 'executor',
  deployment: Pick<Deployment, 'region' | 'externalId'>,
  { outside, config }: { readonly outside: Outside; readonly config: CordonConfig },
): Answer => {
  // New sessions for each check: a role that was mended or broken meanwhile has to show.
  const fresh = () => accountSessions(functionName, deployment, { outside, config });
  return async ({ account, roles = [] }) => {
    // Asked by the doctor now and then: no start has to carry it.
    const { checkReading, checkResponse } = await import('../flows/check-account.ts');
    const ports = { config, aws: fresh() };
    return functionName === 'worker'
      ? checkReading(ports, account)
      : checkResponse(ports, account, roles);
  };
};
