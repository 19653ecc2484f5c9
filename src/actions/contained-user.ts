/** A user that is being contained: its registers, what it has made since, and reading it all back. */
import type { AccessKeyMetadata } from '@aws-sdk/client-iam';
import type { ResourceOf } from '../findings/finding.ts';
import { keysOf, statusId, statusRegister } from './access-key-status.ts';
import type { Change, Plan, Register, Verification } from './action.ts';
import type { Aws } from './aws.ts';
import { passwordRegister } from './console-password.ts';
import { credentialChanges, credentialRegister } from './other-credentials.ts';
import { denyRegister, wayOf } from './user-deny.ts';

type Target = ResourceOf<'user'>;

const userTarget = ({ target, action }: Plan): Target => {
  if (target.kind !== 'user') throw new Error(`A plan of ${action} names a user`);
  return target;
};

const keySuffix = statusId('');

/** Of the plan's changes and of those that people left out. */
const keysNamed = (changes: readonly Change[]): readonly string[] =>
  changes.flatMap(({ id }) => (id.endsWith(keySuffix) ? [id.slice(0, -keySuffix.length)] : []));

const leftOut = ({ choices = [] }: Plan): readonly Change[] =>
  choices.filter(({ chosen }) => !chosen).map(({ change }) => change);

const registerOf = (change: Change, target: Target): Register => {
  const way = wayOf(change, target.id);
  if (way) return denyRegister(target, way);
  const id = change.id.slice(0, -keySuffix.length);
  return (
    credentialRegister(change, target) ??
    passwordRegister(change, target) ?? {
      ...statusRegister({ account: target.account, user: target.id, id }),
      uses: ['iam:ListAccessKeys', 'iam:UpdateAccessKey'],
      stage: 'keys',
    }
  );
};

export const registers = (planned: Plan): readonly Register[] =>
  planned.changes.map((change) => registerOf(change, userTarget(planned)));

/** What becomes of an access key. */
export const keyChange = (id: string, status: string): Change => ({
  id: statusId(id),
  label: `Status of access key ${id}`,
  before: status,
  after: 'Inactive',
});

/** Keys and other credentials that were made since and work. */
export const appeared = async (planned: Plan, aws: Aws): Promise<readonly Change[]> => {
  const { id } = userTarget(planned);
  const [keys = [], others] = await Promise.all([keysOf(id, aws), credentialChanges(id, aws)]);
  const known = [...planned.changes, ...leftOut(planned)].map((change) => change.id);
  const ofKey = ({ AccessKeyId = '', Status }: AccessKeyMetadata) =>
    keyChange(AccessKeyId, Status ?? '');
  return [...keys.map(ofKey), ...others].filter(
    (each) => each.before === 'Active' && !known.includes(each.id),
  );
};

/** What is not as it shall be, beside the access keys; `read` says what it is. */
const readBack = async (planned: Plan, aws: Aws): Promise<readonly string[]> => {
  const target = userTarget(planned);
  const others = planned.changes.filter(({ id }) => !id.endsWith(keySuffix));
  const lines = await Promise.all(
    others.map(async (change) => {
      const register = registerOf(change, target);
      const value = await register.read(aws);
      return [change.after, ...(register.harmless ?? [])].includes(value)
        ? ''
        : `${change.label} is ${String(value)}: somebody changed it back`;
    }),
  );
  return lines.filter((line) => line !== '');
};

export const verify = async (planned: Plan, aws: Aws): Promise<Verification> => {
  const { id } = userTarget(planned);
  const [changed, keys = []] = await Promise.all([readBack(planned, aws), keysOf(id, aws)]);
  const planning = keysNamed(planned.changes);
  const leaving = keysNamed(leftOut(planned));
  const read = keys.map(({ AccessKeyId = '', Status }) => {
    if (leaving.includes(AccessKeyId))
      return { ok: true, words: `${AccessKeyId} is ${Status}: it was left out of the plan` };
    return planning.includes(AccessKeyId)
      ? { ok: Status !== 'Active', words: `${AccessKeyId} is ${Status}` }
      : { ok: Status !== 'Active', words: `${AccessKeyId} was created since and is ${Status}` };
  });
  const wrong = [...changed, ...read.filter(({ ok }) => !ok).map(({ words }) => words)];
  if (wrong.length > 0) return { kind: 'not-verified', because: wrong.join('; ') };
  return {
    kind: 'verified',
    lines: [
      `Everything is denied to ${id}: ${planned.changes[0]?.label} is ${String(planned.changes[0]?.after)}.`,
      ...(read.length > 0 ? read.map(({ words }) => `${words}.`) : ['It has no access key.']),
    ],
  };
};
