/**
 * The policies that Cordon's own functions run with, and those of the member roles of this release: IAM
 * Access Analyzer validates them and proves that they do not grant what would make them worth stealing.
 * Asked with the operator's credentials, of the account itself: also before anything is deployed.
 */
import {
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import {
  functionRoles,
  memberPolicies,
  type OwnPolicy,
  ownPolicyChecker,
} from '../../../app/own-policies.ts';
import { broken, type Check, errorWords, fine, isNamed, skipped, type Verdict } from '../check.ts';
import type { Site } from '../site.ts';

type PolicyCheck = ReturnType<typeof ownPolicyChecker>;
type Result = Awaited<ReturnType<PolicyCheck>>['sound'];

const remedies = {
  function: 'Deploy the stack cordon again, and find out in CloudTrail who changed the role.',
  member:
    'Do not deploy infra/member-role.yaml: `cordon policy` shows the policy. Look which action of yours declares that, or report it.',
} as const;

interface Judged extends OwnPolicy {
  readonly of: keyof typeof remedies;
}

const verdictOf = ({ name, of }: Judged, what: string, checked: Result): readonly Verdict[] => {
  switch (checked.kind) {
    case 'passes':
      return [];
    case 'not-checked':
      return [skipped(`${name} was not checked, because ${checked.because}`)];
    case 'fails':
      return [broken(`${name} ${what}: ${checked.because.join(' ')}`, remedies[of])];
    default:
      return checked satisfies never;
  }
};

const judge = async (check: PolicyCheck, policy: Judged): Promise<readonly Verdict[]> => {
  const { sound, harmless } = await check(policy);
  const unsound = verdictOf(policy, 'has a policy that AWS warns of', sound);
  return sound.kind === 'not-checked'
    ? unsound
    : [...unsound, ...verdictOf(policy, 'may do what it must never', harmless)];
};

interface Deployed {
  readonly judged: readonly Judged[];
  readonly verdicts: readonly Verdict[];
}

/** What the deployed role of a function really has, whatever the stack once wrote. */
const deployedPolicies = async (
  iam: IAMClient,
  { name: RoleName, never }: ReturnType<typeof functionRoles>[number],
): Promise<Deployed> => {
  try {
    const [{ PolicyNames = [] }, { AttachedPolicies = [] }] = await Promise.all([
      iam.send(new ListRolePoliciesCommand({ RoleName })),
      iam.send(new ListAttachedRolePoliciesCommand({ RoleName })),
    ]);
    const documents = await Promise.all(
      PolicyNames.map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
    );
    const extra = AttachedPolicies.map(({ PolicyName }) => PolicyName).join(', ');
    return {
      judged: documents.map(({ PolicyDocument = '' }) => ({
        of: 'function',
        name: RoleName,
        document: decodeURIComponent(PolicyDocument),
        never,
      })),
      verdicts: extra
        ? [
            broken(
              `${RoleName} has policies that the stack does not attach: ${extra}`,
              remedies.function,
            ),
          ]
        : [],
    };
  } catch (error) {
    const says = isNamed(error, /^NoSuchEntity/)
      ? `${RoleName} is not deployed yet`
      : `the policies of ${RoleName} cannot be read: ${errorWords(error)}`;
    return { judged: [], verdicts: [skipped(says)] };
  }
};

export const policies: Check<Site> = {
  id: 'policies',
  needs: ['account'],
  async look({ aws, config }) {
    const iam = new IAMClient(aws);
    const check = ownPolicyChecker(aws);
    const deployed = await Promise.all(
      functionRoles(config.roleNames).map((role) => deployedPolicies(iam, role)),
    );
    const verdicts = deployed.flatMap((one) => one.verdicts);
    const members = memberPolicies(config.roleNames).map(
      (policy): Judged => ({ ...policy, of: 'member' }),
    );
    const judged = [...members, ...deployed.flatMap((one) => one.judged)];
    // One after another: Access Analyzer takes few calls a second.
    for (const policy of judged) {
      const found = await judge(check, policy);
      verdicts.push(...found);
      // What kept it from answering about one keeps it from answering about all.
      if (found.some(({ kind }) => kind === 'skipped')) break;
    }
    return verdicts.length > 0
      ? verdicts
      : [fine(`${judged.length} policies are sound and grant nothing that they must not`)];
  },
};
