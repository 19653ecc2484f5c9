/** The one list of actions, and what follows from it. A new action is a file and a line here. */
import type { Resource } from '../findings/finding.ts';
import type { Action } from './action.ts';
import { blockPublicAccess } from './block-public-access.ts';
import { containUser } from './contain-user.ts';
import { deactivateAccessKey } from './deactivate-access-key.ts';
import { isolateInstance } from './isolate-instance.ts';
import { makeImagePrivate } from './make-image-private.ts';
import { quarantineBucket } from './quarantine-bucket.ts';
import { revokeOlderSessions } from './revoke-older-sessions.ts';
import { revokeRoleSession } from './revoke-role-session.ts';
import { revokeWorldOpenIngress } from './revoke-world-open-ingress.ts';
import { snapshotVolumes } from './snapshot-volumes.ts';
import { stopInstance } from './stop-instance.ts';
import { suppressFinding } from './suppress-finding.ts';
import { unshareSnapshot } from './unshare-snapshot.ts';

export const actions: readonly Action[] = [
  isolateInstance,
  snapshotVolumes,
  stopInstance,
  deactivateAccessKey,
  containUser,
  revokeRoleSession,
  revokeOlderSessions,
  blockPublicAccess,
  quarantineBucket,
  revokeWorldOpenIngress,
  unshareSnapshot,
  makeImagePrivate,
  suppressFinding,
];

export const actionById = (id: string): Action | undefined =>
  actions.find((action) => action.id === id);

/** The actions that can be offered for this resource, in the list's order. No AWS call. */
export const offered = (resource: Resource): readonly Action[] =>
  actions.filter((action) => action.on === resource.kind && action.offeredFor(resource));

/**
 * Account and region in which an action runs: the resource's own, but findings are kept, and so
 * changed, in the administrator account.
 */
export const worksIn = (
  action: Action,
  target: Resource,
  { securityAccount }: { readonly securityAccount: string },
): { readonly account: string; readonly region: string } => ({
  account: action.role === 'respond-findings' ? securityAccount : target.account,
  region: target.region,
});
