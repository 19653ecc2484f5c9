/** The prepared stories, in the order of the menu. */
import { compromisedServerAlert, leakedKeyAlert, portProbeAlert, repeatedAlert } from './alerts.ts';
import {
  attachInterface,
  changeAfterContainment,
  changeGroups,
  tamperQuarantine,
} from './drift.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [
  compromisedServerAlert,
  leakedKeyAlert,
  portProbeAlert,
  repeatedAlert,
  attachInterface,
  changeGroups,
  changeAfterContainment,
  tamperQuarantine,
];
