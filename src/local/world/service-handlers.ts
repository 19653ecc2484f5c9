/** The handlers of the services beside EC2, S3 and STS, by IAM prefix. */
import { athenaHandlers } from './athena.ts';
import { cloudTrailHandlers } from './cloudtrail.ts';
import { configHandlers } from './config-service.ts';
import { ecsHandlers, scalingHandlers } from './ecs.ts';
import { guardDutySettings } from './guardduty-settings.ts';
import { iamBoundaryHandlers } from './iam-boundaries.ts';
import { iamCredentialHandlers } from './iam-credentials.ts';
import { iamSimulationHandlers } from './iam-simulation.ts';
import { kmsHandlers } from './kms.ts';
import { lambdaHandlers } from './lambda.ts';
import { logHandlers } from './logs.ts';
import { organizationTreeHandlers } from './organization-tree.ts';
import { organizationHandlers } from './organizations.ts';
import { postureHubHandlers } from './posture-hub.ts';
import { postureIamHandlers } from './posture-iam.ts';
import { rdsHandlers } from './rds.ts';
import { secretHandlers } from './secrets.ts';
import { securityHubV2Handlers } from './securityhub-v2.ts';
import { ssmHandlers } from './ssm.ts';
import { trailEventHandlers } from './trail-events.ts';
import type { Handlers } from './world.ts';

export const serviceHandlers: Readonly<Record<string, Handlers>> = {
  'application-autoscaling': scalingHandlers,
  athena: athenaHandlers,
  cloudtrail: { ...cloudTrailHandlers, ...trailEventHandlers },
  config: configHandlers,
  ecs: ecsHandlers,
  guardduty: guardDutySettings,
  iam: {
    ...iamBoundaryHandlers,
    ...iamCredentialHandlers,
    ...iamSimulationHandlers,
    ...postureIamHandlers,
  },
  kms: kmsHandlers,
  lambda: lambdaHandlers,
  logs: logHandlers,
  organizations: { ...organizationHandlers, ...organizationTreeHandlers },
  rds: rdsHandlers,
  secretsmanager: secretHandlers,
  ssm: ssmHandlers,
  securityhub: { ...securityHubV2Handlers, ...postureHubHandlers },
};
