/** What is captured becomes objects of the evidence bucket: written once, in the request's own folder. */
import type { Plan } from './action.ts';
import type { Aws, EvidenceFolder } from './aws.ts';

/** The value of what has no object yet. */
export const missing = 'not captured';

export const folderOf = ({ evidence }: Aws): EvidenceFolder => {
  if (!evidence) throw new Error('There is no evidence bucket to write to');
  return evidence;
};

/** One object: what, of whom, when, and AWS's answer without the wrapping of the SDK. */
export interface Captured {
  readonly capture: string;
  readonly instance: string;
  readonly account: string;
  readonly region: string;
  readonly capturedAt: string;
  readonly answer: object;
}

/** A retry finds what the first try kept, which is the earlier moment. */
export const keep = async (
  about: {
    readonly name: string;
    readonly target: Plan['target'];
    /** What the plan called it. */
    readonly planned?: string;
  },
  taken: object & { readonly $metadata?: object },
  aws: Aws,
): Promise<void> => {
  const { $metadata: _, ...answer } = taken;
  const { name, target, planned } = about;
  const { id: instance, account, region } = target;
  const body: Captured & { readonly planned?: string } = {
    ...{ capture: name, instance, account, region },
    capturedAt: new Date(aws.now()).toISOString(),
    ...(planned ? { planned } : {}),
    answer,
  };
  await folderOf(aws).put(name, JSON.stringify(body));
};
