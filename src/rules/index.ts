/** The rules that Cordon comes with. The first that matches decides, so the particular come first. */
import { abuseReport } from './pack/abuse-report.ts';
import { accessNotAnalysed } from './pack/access-not-analysed.ts';
import { attackSequence } from './pack/attack-sequence.ts';
import { attackTools } from './pack/attack-tools.ts';
import { attacksOthers } from './pack/attacks-others.ts';
import { awsNotice } from './pack/aws-notice.ts';
import { badNeighbour } from './pack/bad-neighbour.ts';
import { boundaryRemoved } from './pack/boundary-removed.ts';
import { bucketDataTaken } from './pack/bucket-data-taken.ts';
import { bucketGuardRemoved } from './pack/bucket-guard-removed.ts';
import { bucketOpened } from './pack/bucket-opened.ts';
import { bucketPolicyChanged } from './pack/bucket-policy-changed.ts';
import { bucketPublic } from './pack/bucket-public.ts';
import { bucketShared } from './pack/bucket-shared.ts';
import { bucketUnguarded } from './pack/bucket-unguarded.ts';
import { callFailed } from './pack/call-failed.ts';
import { clusterAbuse } from './pack/cluster-abuse.ts';
import { codeVulnerable } from './pack/code-vulnerable.ts';
import { configRuleBroken } from './pack/config-rule-broken.ts';
import { consolePasswordSet } from './pack/console-password-set.ts';
import { containerEscape } from './pack/container-escape.ts';
import { controlFailed } from './pack/control-failed.ts';
import { controlServer } from './pack/control-server.ts';
import { copyGuardRemoved } from './pack/copy-guard-removed.ts';
import { copyPublic } from './pack/copy-public.ts';
import { copyShared } from './pack/copy-shared.ts';
import { credentialsHunted } from './pack/credentials-hunted.ts';
import { credentialsInBucket } from './pack/credentials-in-bucket.ts';
import { cryptoMining } from './pack/crypto-mining.ts';
import { databaseLogins } from './pack/database-logins.ts';
import { databasePublic } from './pack/database-public.ts';
import { defencesImpaired } from './pack/defences-impaired.ts';
import { detectionOff } from './pack/detection-off.ts';
import { dnsExfiltration } from './pack/dns-exfiltration.ts';
import { encryptionKeyLost } from './pack/encryption-key-lost.ts';
import { encryptionOff } from './pack/encryption-off.ts';
import { exposure } from './pack/exposure.ts';
import { functionCompromised } from './pack/function-compromised.ts';
import { functionOpened } from './pack/function-opened.ts';
import { functionVulnerable } from './pack/function-vulnerable.ts';
import { imageVulnerable } from './pack/image-vulnerable.ts';
import { keyCreated } from './pack/key-created.ts';
import { keyExposed } from './pack/key-exposed.ts';
import { keyForAnotherUser } from './pack/key-for-another-user.ts';
import { keyUsedByAttacker } from './pack/key-used-by-attacker.ts';
import { lastingSession } from './pack/lasting-session.ts';
import { loggingTurnedOff } from './pack/logging-turned-off.ts';
import { madeAdministrator } from './pack/made-administrator.ts';
import { malwareFound } from './pack/malware-found.ts';
import { metadataUnprotected } from './pack/metadata-unprotected.ts';
import { mfaRemoved } from './pack/mfa-removed.ts';
import { modelLogOff } from './pack/model-log-off.ts';
import { networkLogOff } from './pack/network-log-off.ts';
import { organisationLeft } from './pack/organisation-left.ts';
import { organisationPolicyRemoved } from './pack/organisation-policy-removed.ts';
import { outsideSignInAdded } from './pack/outside-sign-in-added.ts';
import { passwordGuessing } from './pack/password-guessing.ts';
import { portProbe } from './pack/port-probe.ts';
import { portReachable } from './pack/port-reachable.ts';
import { reachedFromInside } from './pack/reached-from-inside.ts';
import { recorderOff } from './pack/recorder-off.ts';
import { resourcePublic } from './pack/resource-public.ts';
import { resourceShared } from './pack/resource-shared.ts';
import { roleOpened } from './pack/role-opened.ts';
import { roleTrustChanged } from './pack/role-trust-changed.ts';
import { rootCall } from './pack/root-call.ts';
import { rootSession } from './pack/root-session.ts';
import { rootSignIn } from './pack/root-sign-in.ts';
import { rootSignInFailed } from './pack/root-sign-in-failed.ts';
import { rootUnprotected } from './pack/root-unprotected.ts';
import { rootUser } from './pack/root-user.ts';
import { runtimeThreat } from './pack/runtime-threat.ts';
import { secretOpened } from './pack/secret-opened.ts';
import { securityGroupOpen } from './pack/security-group-open.ts';
import { sensitiveData } from './pack/sensitive-data.ts';
import { serialConsole } from './pack/serial-console.ts';
import { serverVulnerable } from './pack/server-vulnerable.ts';
import { signInWithoutMfa } from './pack/sign-in-without-mfa.ts';
import { startScriptChanged } from './pack/start-script-changed.ts';
import { stolenInstanceCredentials } from './pack/stolen-instance-credentials.ts';
import { trailChanged } from './pack/trail-changed.ts';
import { trailStopped } from './pack/trail-stopped.ts';
import { unusedAccess } from './pack/unused-access.ts';
import { unusedKey } from './pack/unused-key.ts';
import { unusualApiUse } from './pack/unusual-api-use.ts';
import { unusualTraffic } from './pack/unusual-traffic.ts';
import { userCreated } from './pack/user-created.ts';
import { userWithoutMfa } from './pack/user-without-mfa.ts';
import { watchMissing } from './pack/watch-missing.ts';
import { weakPasswordPolicy } from './pack/weak-password-policy.ts';
import type { Rule } from './rule.ts';

export const defaultRules: readonly Rule[] = [
  // Attacks that GuardDuty saw.
  attackSequence,
  rootUser,
  stolenInstanceCredentials,
  keyUsedByAttacker,
  attackTools,
  unusualApiUse,
  loggingTurnedOff,
  weakPasswordPolicy,
  defencesImpaired,
  credentialsHunted,
  containerEscape,
  malwareFound,
  functionCompromised,
  cryptoMining,
  dnsExfiltration,
  attacksOthers,
  controlServer,
  badNeighbour,
  passwordGuessing,
  portProbe,
  unusualTraffic,
  // Buckets, by whoever says so.
  bucketOpened,
  bucketGuardRemoved,
  bucketPublic,
  bucketUnguarded,
  bucketShared,
  bucketPolicyChanged,
  // The rest of GuardDuty.
  bucketDataTaken,
  databaseLogins,
  runtimeThreat,
  clusterAbuse,
  // Calls in CloudTrail: what failed and what root did come first, whatever was called.
  rootSignInFailed,
  callFailed,
  rootSignIn,
  rootCall,
  rootSession,
  trailStopped,
  trailChanged,
  networkLogOff,
  modelLogOff,
  detectionOff,
  recorderOff,
  organisationLeft,
  organisationPolicyRemoved,
  // Identities.
  madeAdministrator,
  roleOpened,
  roleTrustChanged,
  keyForAnotherUser,
  keyCreated,
  consolePasswordSet,
  userCreated,
  mfaRemoved,
  signInWithoutMfa,
  boundaryRemoved,
  outsideSignInAdded,
  lastingSession,
  // Network and data.
  securityGroupOpen,
  copyPublic,
  copyShared,
  copyGuardRemoved,
  databasePublic,
  encryptionKeyLost,
  secretOpened,
  functionOpened,
  encryptionOff,
  startScriptChanged,
  serialConsole,
  // What AWS itself noticed.
  keyExposed,
  abuseReport,
  awsNotice,
  // Access Analyzer.
  resourcePublic,
  resourceShared,
  reachedFromInside,
  accessNotAnalysed,
  unusedKey,
  unusedAccess,
  // Weaknesses and data.
  portReachable,
  imageVulnerable,
  serverVulnerable,
  functionVulnerable,
  codeVulnerable,
  credentialsInBucket,
  sensitiveData,
  // What should always be so; the general last.
  rootUnprotected,
  userWithoutMfa,
  watchMissing,
  metadataUnprotected,
  exposure,
  controlFailed,
  configRuleBroken,
];
