/** The steps in their order; each is done once, and a run that was interrupted goes on where it was. */
import { configuration } from './configuration.ts';
import { aws, deploy, firstCard, memberRole } from './deploy.ts';
import { addresses, fillSecret, invite, slackApp } from './slack-app.ts';
import type { Step } from './step.ts';

export const steps: readonly Step[] = [
  aws,
  slackApp,
  configuration,
  deploy,
  fillSecret,
  addresses,
  memberRole,
  invite,
  firstCard,
];
