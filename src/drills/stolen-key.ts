import { apiCall, guardDutyEvent } from './guardduty-event.ts';
import { defineScenario, type Stage } from './scenario.ts';

const user = 'ci-deploy';
const key = 'AKIAIOSFODNN7EXAMPLE';

const setStatus = ({ account, region }: Stage, status: 'Active' | 'Inactive') => ({
  account,
  region,
  operation: 'iam:UpdateAccessKey',
  input: { UserName: user, AccessKeyId: key, Status: status },
});

export const stolenKey = defineScenario({
  id: 'stolen-key',
  title: 'Stolen access key',
  story: `Somebody calls AWS with the access key of ${user} from an address on a threat list.`,
  event: (stage) =>
    guardDutyEvent(stage, {
      type: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
      severity: 8.4,
      title: 'API GetCallerIdentity was invoked from a known malicious IP address.',
      description: `API GetCallerIdentity was invoked from an IP address on a threat list, with the credentials of ${user}.`,
      resource: {
        resourceType: 'AccessKey',
        accessKeyDetails: {
          accessKeyId: key,
          principalId: 'AIDACKCEVSQ6C2EXAMPLE',
          userName: user,
          userType: 'IAMUser',
        },
      },
      action: apiCall('sts.amazonaws.com', 'GetCallerIdentity'),
    }),
  drift: (stage) => [setStatus(stage, 'Inactive')],
  counterMove: (stage) => [setStatus(stage, 'Active')],
  good: {
    contains: ['stolen-access-key', 'contain-user'],
    because:
      'the user has other ways in than this key, so all of its credentials are switched off at once',
    harms: {
      'quarantine-account': 'it stops everybody in the account, for one key',
    },
  },
});
