/** Steps that several situations have: whoever did it, and what every end looks like. */
import type { PlaybookStep } from './playbook.ts';
import { instances, keys, roles, sessions, users } from './targets.ts';

/**
 * Whoever did it: the user with all keys, and keys that this leaves; the session, and all older ones
 * of a role of which no session is known.
 */
export const containPrincipal: readonly PlaybookStep[] = [
  { kind: 'action', id: 'contain-user', phase: 'contain', action: 'contain-user', on: users },
  {
    kind: 'action',
    id: 'deactivate-key',
    phase: 'contain',
    action: 'deactivate-access-key',
    on: keys,
  },
  {
    kind: 'action',
    id: 'revoke-session',
    phase: 'contain',
    action: 'revoke-role-session',
    on: sessions,
  },
  {
    kind: 'action',
    id: 'revoke-older-sessions',
    phase: 'contain',
    action: 'revoke-older-sessions',
    on: roles,
    insteadOf: 'revoke-session',
  },
];

/** A server: off the network, without its role, then its evidence. */
export const containInstance: readonly PlaybookStep[] = [
  {
    kind: 'action',
    id: 'isolate',
    phase: 'contain',
    action: 'isolate-instance',
    on: instances,
  },
  {
    kind: 'action',
    id: 'cut-credentials',
    phase: 'contain',
    action: 'cut-instance-credentials',
    on: instances,
  },
  {
    kind: 'action',
    id: 'stop',
    phase: 'contain',
    action: 'stop-instance',
    on: instances,
    insteadOf: 'isolate',
  },
  // What the console shows comes from outside the server, so isolation does not end it.
  {
    kind: 'action',
    id: 'capture',
    phase: 'evidence',
    action: 'capture-volatile-evidence',
    on: instances,
  },
  {
    kind: 'action',
    id: 'snapshot',
    phase: 'evidence',
    action: 'snapshot-volumes',
    on: instances,
  },
];

/** What the principal made while it was in other hands. */
export const removeFootholds: PlaybookStep = {
  kind: 'manual',
  id: 'footholds',
  phase: 'eradicate',
  title: 'Remove what the attacker left behind',
  instructions: [
    'List what the principal changed: aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=PRINCIPAL --max-results 50',
    'Look for CreateUser, CreateAccessKey, CreateLoginProfile, CreateRole, UpdateAssumeRolePolicy, AttachUserPolicy, PutRolePolicy, CreateSAMLProvider, CreateFunction, RunInstances, in every Region.',
    'Delete each of them that its owner does not know.',
  ],
};

export const stillInForce: PlaybookStep = {
  kind: 'check',
  id: 'still-in-force',
  phase: 'verify',
  title: 'Read everything back once more',
};

/** The last look, by a person. */
export const nothingNew: PlaybookStep = {
  kind: 'manual',
  id: 'nothing-new',
  phase: 'verify',
  title: 'Confirm that nothing new happened',
  instructions: [
    'Look at the thread and at GuardDuty in ACCOUNT: no new finding about the same resources since the first step.',
    'aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=PRINCIPAL --max-results 20: every call since then is denied, or is yours.',
  ],
};
