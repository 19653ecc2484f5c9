/**
 * Who may copy a snapshot or launch from an image, and how that is taken back: everybody and every
 * foreign account go, accounts of the configuration stay.
 */
import type { Resource } from '../findings/finding.ts';
import {
  type Action,
  defaultPlanSettings,
  type Plan,
  type PlanSettings,
  type Refusal,
  type Register,
  refuse,
  type Verification,
} from './action.ts';
import type { Aws } from './aws.ts';

/** `all`, an account id, or the ARN of an organisation or of a unit of one. */
export type Receiver = string;
const everybody: Receiver = 'all';

export interface Copy {
  /** The account that owns it. */
  readonly owner: string | undefined;
  readonly tags: readonly string[];
  readonly cannot: readonly string[];
  readonly lines: readonly string[];
}

/** How one kind of copy is read and changed. */
export interface CopyKind {
  readonly action: string;
  /** `snapshot`, for people. */
  readonly word: string;
  readonly tier: Plan['tier'];
  /** Undefined when there is none of that id. */
  find(id: string, aws: Aws): Promise<Copy | undefined>;
  receivers(id: string, aws: Aws): Promise<readonly Receiver[]>;
  change(
    id: string,
    wanted: { readonly add: readonly Receiver[]; readonly remove: readonly Receiver[] },
    aws: Aws,
  ): Promise<void>;
}

/** An organisation is known by its management account, which is in its ARN. */
const accountOf = (receiver: Receiver): string =>
  receiver.startsWith('arn:') ? (receiver.split(':')[4] ?? '') : receiver;

const isForeign = (receiver: Receiver, ours: readonly string[]): boolean =>
  receiver === everybody || !ours.includes(accountOf(receiver));

/** What everybody may become is what people must see first. */
const sorted = (receivers: readonly Receiver[]): readonly Receiver[] =>
  [...receivers].sort((a, b) => {
    if (a === everybody || b === everybody) return a === everybody ? -1 : 1;
    return a < b ? -1 : 1;
  });

/** When such a copy is not made private. */
const copyRefuses = {
  'not-found': 'There is no such copy in the account and Region.',
  'not-ours': 'It belongs to another account.',
  exempt: 'It carries the exempt tag.',
  'already-contained': 'It is shared with nobody outside the accounts of the configuration.',
} as const;

export type CopyCode = keyof typeof copyRefuses;

export const copiesStay =
  'Copies that were made of it meanwhile stay where they are, and AWS does not tell who made one: look for CopySnapshot, CopyImage, CreateVolume and RunInstances in CloudTrail.';

const noCopy = (
  { id, account, region }: Plan['target'],
  { word }: CopyKind,
): Refusal<'not-found'> =>
  refuse(
    'not-found',
    `There is no ${word} ${id} in account ${account}, region ${region}.`,
    'It was deleted, or the finding names another account or region. Copies that others made of it are out of reach.',
  );

const refuseForeign = (
  { id, account }: Plan['target'],
  { word }: CopyKind,
  { owner }: Copy,
): Refusal<'not-ours'> | undefined =>
  owner && owner !== account
    ? refuse(
        'not-ours',
        `The ${word} ${id} belongs to account ${owner}, which alone can change who may use it.`,
        `Ask for it there. If the account is yours, act from a finding of account ${owner}.`,
      )
    : undefined;

const refuseExempt = (
  target: Plan['target'],
  copy: Copy,
  { exemptTag }: PlanSettings,
): Refusal<'exempt'> | undefined =>
  copy.tags.includes(exemptTag)
    ? refuse(
        'exempt',
        `${target.id} carries the tag ${exemptTag}.`,
        'Ask its owner. Remove the tag if it must be made private all the same.',
      )
    : undefined;

const describePlan = (
  kind: CopyKind,
  target: Plan['target'],
  {
    copy,
    before,
    after,
  }: {
    readonly copy: Copy;
    readonly before: readonly Receiver[];
    readonly after: readonly Receiver[];
  },
): Plan => ({
  kind: 'plan',
  action: kind.action,
  target,
  summary: `Make the ${kind.word} ${target.id} private: ${before.includes(everybody) ? 'everybody' : 'other accounts'} can no longer use it.`,
  changes: [
    {
      id: `${target.id}/shared-with`,
      label: `Who may use ${target.id} beside its account`,
      before,
      after,
    },
  ],
  cannot: copy.cannot,
  blastRadius: {
    class: before.length - after.length > 1 ? 'shared with others' : 'this resource only',
    lines: [
      ...copy.lines,
      `Shut out: ${before.filter((each) => !after.includes(each)).join(', ')}.`,
      ...(after.length > 0 ? [`Ours by the configuration, and kept: ${after.join(', ')}.`] : []),
    ],
  },
  reversible: { kind: 'yes' },
  tier: kind.tier,
});

const planPrivate = async (
  kind: CopyKind,
  target: Plan['target'],
  { aws, settings }: { readonly aws: Aws; readonly settings: PlanSettings },
): Promise<Plan | Refusal<CopyCode>> => {
  // Side by side; what it says of a copy that is not ours, or not there, is not asked for.
  const receiving = kind.receivers(target.id, aws);
  receiving.catch(() => undefined);
  const copy = await kind.find(target.id, aws);
  if (!copy) return noCopy(target, kind);
  const refusal = refuseForeign(target, kind, copy) ?? refuseExempt(target, copy, settings);
  if (refusal) return refusal;
  const before = sorted(await receiving);
  const ours = [target.account, ...Object.keys(settings.accounts ?? {})];
  const after = before.filter((receiver) => !isForeign(receiver, ours));
  if (after.length === before.length)
    return refuse(
      'already-contained',
      `The ${kind.word} ${target.id} is shared with nobody outside the accounts of the configuration.`,
      'Nothing needs to be done. Look in CloudTrail for who copied it while it was shared.',
    );
  return describePlan(kind, target, { copy, before, after });
};

/** The one register: the whole list, so that one call changes it. */
const sharingRegister = (kind: CopyKind, { target }: Plan): Register => {
  const read = async (aws: Aws) => sorted(await kind.receivers(target.id, aws));
  return {
    id: `${target.id}/shared-with`,
    title: `Change who may use ${target.id}`,
    resource: `${target.account}/${target.region}/${target.id}`,
    undoable: true,
    read,
    write: async (value, aws) => {
      if (!Array.isArray(value)) throw new Error(`${target.id} is shared with a list of receivers`);
      const live = await read(aws);
      const wanted = value.map(String);
      const add = wanted.filter((each) => !live.includes(each));
      const remove = live.filter((each) => !wanted.includes(each));
      if (add.length + remove.length > 0) await kind.change(target.id, { add, remove }, aws);
    },
  };
};

/** Not only what was planned: whoever was let in meanwhile shows. */
const verifyPrivate = async (
  kind: CopyKind,
  { target, changes }: Plan,
  aws: Aws,
): Promise<Verification> => {
  const live = await kind.receivers(target.id, aws);
  const after = changes[0]?.after;
  const kept = Array.isArray(after) ? after.map(String) : [];
  const more = live.filter((each) => !kept.includes(each));
  return more.length === 0
    ? {
        kind: 'verified',
        lines: [
          `AWS lets ${kept.length === 0 ? 'nobody else' : kept.join(', ')} use ${target.id}.`,
        ],
      }
    : { kind: 'not-verified', because: `${target.id} is still shared with ${more.join(', ')}` };
};

/** What making a copy private is for every kind of copy. */
export const privateAction = (
  kind: CopyKind,
): Pick<
  Action<Resource, CopyCode>,
  | 'id'
  | 'tier'
  | 'role'
  | 'reviewAfterHours'
  | 'expires'
  | 'plan'
  | 'registers'
  | 'verify'
  | 'undoCannot'
> & { readonly refuses: Readonly<Record<CopyCode, string>> } => ({
  id: kind.action,
  tier: kind.tier,
  role: 'respond',
  reviewAfterHours: 24,
  expires: false,
  plan: (target, aws, settings = defaultPlanSettings) =>
    planPrivate(kind, target, { aws, settings }),
  registers: (planned) => [sharingRegister(kind, planned)],
  verify: (planned, aws) => verifyPrivate(kind, planned, aws),
  refuses: copyRefuses,
  undoCannot: [
    'Undo gives it to the same receivers again, everybody included; copies that anybody made stay theirs.',
  ],
});
