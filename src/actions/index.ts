/** The one list of actions, and what follows from it. A new action is a file and a line here. */
import type { Resource } from '../findings/finding.ts';
import type { Action, ResponseRole } from './action.ts';
import { archiveLikeIt } from './archive-like-it.ts';
import { blockAddress } from './block-address.ts';
import { blockPublicAccess } from './block-public-access.ts';
import { captureVolatileEvidence } from './capture-volatile-evidence.ts';
import { containUser } from './contain-user.ts';
import { cutInstanceCredentials } from './cut-instance-credentials.ts';
import { deactivateAccessKey } from './deactivate-access-key.ts';
import { dismissFinding } from './dismiss-finding.ts';
import { isolateInstance } from './isolate-instance.ts';
import { isolateWorkload } from './isolate-workload.ts';
import { makeDatabasePrivate } from './make-database-private.ts';
import { makeImagePrivate } from './make-image-private.ts';
import { markNotUseful } from './mark-not-useful.ts';
import { quarantineAccount } from './quarantine-account.ts';
import { quarantineBucket } from './quarantine-bucket.ts';
import { resolveFinding } from './resolve-finding.ts';
import { restoreDetector } from './restore-detector.ts';
import { restoreKmsKey } from './restore-kms-key.ts';
import { restoreRecorder } from './restore-recorder.ts';
import { restoreTrailLogging } from './restore-trail-logging.ts';
import { revokeOlderSessions } from './revoke-older-sessions.ts';
import { revokeRoleSession } from './revoke-role-session.ts';
import { revokeWorldOpenIngress } from './revoke-world-open-ingress.ts';
import { rotateSecret } from './rotate-secret.ts';
import { scaleServiceToZero } from './scale-service-to-zero.ts';
import { snapshotVolumes } from './snapshot-volumes.ts';
import { stopFunction } from './stop-function.ts';
import { stopInstance } from './stop-instance.ts';
import { stopTask } from './stop-task.ts';
import { subnetCut } from './subnet-cut.ts';
import { suppressFinding } from './suppress-finding.ts';
import { unshareDatabaseSnapshot } from './unshare-database-snapshot.ts';
import { unshareSnapshot } from './unshare-snapshot.ts';

export const actions: readonly Action[] = [
  isolateInstance,
  captureVolatileEvidence,
  snapshotVolumes,
  cutInstanceCredentials,
  stopInstance,
  subnetCut,
  blockAddress,
  deactivateAccessKey,
  containUser,
  revokeRoleSession,
  revokeOlderSessions,
  blockPublicAccess,
  quarantineBucket,
  revokeWorldOpenIngress,
  unshareSnapshot,
  makeImagePrivate,
  makeDatabasePrivate,
  unshareDatabaseSnapshot,
  stopFunction,
  stopTask,
  scaleServiceToZero,
  restoreKmsKey,
  restoreTrailLogging,
  restoreDetector,
  restoreRecorder,
  rotateSecret,
  isolateWorkload,
  quarantineAccount,
  suppressFinding,
  archiveLikeIt,
  markNotUseful,
  resolveFinding,
  dismissFinding,
];

export const actionById = (id: string): Action | undefined =>
  actions.find((action) => action.id === id);

/** The actions that can be offered for this resource, in the list's order. No AWS call. */
export const offered = (resource: Resource): readonly Action[] =>
  actions.filter(
    (action) => action.on === resource.kind && !action.closes && action.offeredFor(resource),
  );

/** Findings are kept with their administrator, and policies of the organisation with its delegate. */
const atHome: readonly ResponseRole[] = ['respond-findings', 'respond-organization'];

/**
 * Account and region in which an action runs: the resource's own, but the administrator account for
 * what only that one may change.
 */
export const worksIn = (
  action: Action,
  target: Resource,
  { securityAccount }: { readonly securityAccount: string },
): { readonly account: string; readonly region: string } => ({
  account: atHome.includes(action.role) ? securityAccount : target.account,
  region: target.region,
});
