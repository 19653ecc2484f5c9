/** What one action would do now, asked with the read role, within what the configuration allows. */
import { type Action, type Plan, type Refusal, refuse } from '../actions/action.ts';
import { worksIn } from '../actions/index.ts';
import type { Drill } from '../drills/drill.ts';
import { errorInWords } from '../execution/error-in-words.ts';
import type { Resource } from '../findings/finding.ts';
import { tierOf } from '../requests/tiers.ts';
import { gateRole } from './gate-role.ts';
import type { WorkerPorts } from './ports.ts';

/** An error of AWS while looking, for people. */
export const inWords = (error: unknown): Refusal =>
  refuse(
    'not-permitted',
    `AWS did not let Cordon look: ${errorInWords(error)}.`,
    'Check that the read role exists in that account, then press again.',
  );

/** Who asks, for the session's name and tags. */
export interface Asking {
  readonly requestId: string;
  readonly caseId: string;
  readonly sourceIdentity: string;
  /** Only to show what a person would do: it does not matter whether a response role may. */
  readonly byHand?: true;
  /** Where it is rehearsed. */
  readonly drill: Drill | undefined;
}

export type PlanPorts = Pick<WorkerPorts, 'aws' | 'chance' | 'config' | 'memberRoles' | 'wake'>;

export const planAction = async (
  ports: PlanPorts,
  { byHand, ...asking }: Asking,
  { action, target }: { readonly action: Action; readonly target: Resource },
): Promise<Plan | Refusal> => {
  // Kept by no service that archives: there is nothing to ask.
  if (target.kind !== action.on)
    return refuse('not-supported', 'No service keeps this finding.', 'Suppress it in Cordon.');
  try {
    const place = worksIn(action, target, ports.config);
    const aws = await ports.aws.as({ role: 'read', ...place, ...asking });
    const [noRole, live] = await Promise.all([
      byHand
        ? undefined
        : gateRole(ports, { action, account: place.account, caseId: asking.caseId }, aws),
      action.plan(target, aws, ports.config),
    ]);
    const plan = noRole ?? live;
    return plan.kind === 'plan' ? { ...plan, tier: tierOf(ports.config, action, target) } : plan;
  } catch (error) {
    return inWords(error);
  }
};
