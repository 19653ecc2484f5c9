/** The prepared stories, in the order of the menu. */
import { compromisedServerAlert, leakedKeyAlert, portScanAlert, repeatedAlert } from './alerts.ts';
import { automationCountdown } from './automation.ts';
import { publicBucketAlert, reopenedBucket } from './buckets.ts';
import {
  attachInterface,
  changeAfterContainment,
  changeGroups,
  tamperQuarantine,
} from './drift.ts';
import { aDrill } from './drill.ts';
import { detachDeny, identityCenterAlert, stolenSessionAlert } from './identities.ts';
import { openedGroup, publicSnapshot, sharedImage } from './opened.ts';
import type { Scenario } from './scenario.ts';
import { storm } from './storm.ts';
import {
  doomedKey,
  openedSecret,
  publicDatabase,
  publicDatabaseSnapshot,
  rootAtWork,
  stoppedRecorder,
  stoppedTrail,
  suspendedDetector,
} from './switched-off.ts';
import { compromisedFunction, miningTask, privilegedPod } from './workloads.ts';

export const scenarios: readonly Scenario[] = [
  compromisedServerAlert,
  leakedKeyAlert,
  stolenSessionAlert,
  identityCenterAlert,
  automationCountdown,
  aDrill,
  portScanAlert,
  publicBucketAlert,
  openedGroup,
  publicSnapshot,
  sharedImage,
  compromisedFunction,
  miningTask,
  privilegedPod,
  publicDatabase,
  publicDatabaseSnapshot,
  openedSecret,
  doomedKey,
  stoppedTrail,
  suspendedDetector,
  stoppedRecorder,
  rootAtWork,
  repeatedAlert,
  storm,
  attachInterface,
  changeGroups,
  changeAfterContainment,
  tamperQuarantine,
  reopenedBucket,
  detachDeny,
];
