import { apiCall, guardDutyEvent } from './guardduty-event.ts';
import { defineScenario } from './scenario.ts';

export const rootUse = defineScenario({
  id: 'root-use',
  title: 'Root user at work',
  story: 'Somebody works as the root user of the account, which nothing in it can limit.',
  event: (stage) =>
    guardDutyEvent(stage, {
      type: 'Policy:IAMUser/RootCredentialUsage',
      severity: 8,
      title: 'API CreateUser was invoked using root credentials.',
      description: 'API CreateUser was invoked using root credentials from an unusual address.',
      resource: {
        resourceType: 'AccessKey',
        accessKeyDetails: {
          accessKeyId: 'AKIAEXAMPLEROOTDRILL',
          principalId: stage.account,
          userName: 'Root',
          userType: 'Root',
        },
      },
      action: apiCall('iam.amazonaws.com', 'CreateUser'),
    }),
  good: {
    contains: ['root-use'],
    because:
      'no action of Cordon can hold root, so people have to: ask, change the password, delete its keys',
    harms: {},
  },
});
