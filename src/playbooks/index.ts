/** The one list of playbooks, and which one a case recommends. A new one is a file and a line here. */
import { atLeast, type Resource, type Severity } from '../findings/finding.ts';
import { bucketExfiltration } from './bucket-exfiltration.ts';
import { compromisedContainer } from './compromised-container.ts';
import { compromisedFunction } from './compromised-function.ts';
import { compromisedInstance } from './compromised-instance.ts';
import { exposedAccessKey } from './exposed-access-key.ts';
import { instanceCredentialsOutside } from './instance-credentials-outside.ts';
import { leakedSecret } from './leaked-secret.ts';
import type { Playbook } from './playbook.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { publicBucket } from './public-bucket.ts';
import { publicCopy } from './public-copy.ts';
import { rootUse } from './root-use.ts';
import { stolenAccessKey } from './stolen-access-key.ts';
import { storageRansom } from './storage-ransom.ts';
import { unneededAccess } from './unneeded-access.ts';
import { vulnerableImage } from './vulnerable-image.ts';
import { watchTampering } from './watch-tampering.ts';

/** Of several that fit, the first is recommended: the narrower situation stands before the wider. */
export const playbooks: readonly Playbook[] = [
  exposedAccessKey,
  instanceCredentialsOutside,
  rootUse,
  watchTampering,
  privilegeEscalation,
  leakedSecret,
  storageRansom,
  bucketExfiltration,
  publicBucket,
  publicCopy,
  compromisedContainer,
  compromisedInstance,
  compromisedFunction,
  stolenAccessKey,
  vulnerableImage,
  unneededAccess,
];

export const playbookById = (id: string): Playbook | undefined =>
  playbooks.find((playbook) => playbook.id === id);

/** What a case says about its situation. */
export interface Situation {
  /** The rule that decided about its lead. */
  readonly rule: string;
  /** The type of its lead, in its source's words. */
  readonly type: string;
  readonly severity: Severity;
  readonly resources: readonly Resource[];
}

const fits = ({ applies }: Playbook, { severity, resources }: Situation): boolean =>
  atLeast(severity, applies.from) &&
  resources.some(({ kind }) => applies.resources.some((one) => one === kind));

/** The recommended one: decided by the rule first, by the source's type where the rule is your own. */
export const playbookFor = (situation: Situation): Playbook | undefined => {
  const able = playbooks.filter((one) => fits(one, situation));
  return (
    able.find(({ applies }) => applies.rules.includes(situation.rule)) ??
    able.find(({ applies }) => applies.types?.test(situation.type) ?? false)
  );
};
