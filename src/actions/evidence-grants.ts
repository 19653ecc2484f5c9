/**
 * The IAM actions and resources behind src/actions/evidence-operations.ts: none of them changes
 * anything. Where `*` stands, AWS knows no resource level for the action.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
import type { EvidenceOperations } from './evidence-operations.ts';

interface EvidenceGrant {
  readonly action: string;
  readonly resources: readonly string[];
}

const everything = ['*'];
const users = ['arn:aws:iam::*:user/*'];
const units = ['arn:aws:organizations::*:account/o-*/*', 'arn:aws:organizations::*:ou/o-*/ou-*'];

const on = (action: string, resources: readonly string[]): readonly EvidenceGrant[] => [
  { action, resources },
];

export const evidenceGrants: Readonly<Record<keyof EvidenceOperations, readonly EvidenceGrant[]>> =
  {
    // The operation's second version has the action of its first.
    'access-analyzer:ListFindingsV2': on('access-analyzer:ListFindings', [
      'arn:aws:access-analyzer:*:*:analyzer/*',
    ]),
    'cloudtrail:LookupEvents': on('cloudtrail:LookupEvents', everything),
    'config:GetResourceConfigHistory': on('config:GetResourceConfigHistory', everything),
    'iam:ListAttachedRolePolicies': on('iam:ListAttachedRolePolicies', ['arn:aws:iam::*:role/*']),
    'iam:ListGroupsForUser': on('iam:ListGroupsForUser', users),
    'iam:ListMFADevices': on('iam:ListMFADevices', users),
    'organizations:ListParents': on('organizations:ListParents', units),
  };
