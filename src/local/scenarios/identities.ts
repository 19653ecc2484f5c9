/** Scenarios about users, roles and their sessions. */
import { exampleInstance, guardDutyEvent, leakedKey, type Story } from './guardduty-event.ts';
import type { Scenario } from './scenario.ts';

const stolenSession: Story = {
  ...leakedKey,
  id: '46d2ac6f4e63a29e1a5a7a4a766abcde',
  type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
  severity: 8,
  title:
    'Credentials for the EC2 instance role checkout-api were used from an external IP address.',
  description:
    'Credentials created exclusively for the EC2 instance i-0a1b2c3d4e5f60718 are used from outside AWS.',
  resource: {
    resourceType: 'AccessKey',
    accessKeyDetails: {
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      principalId: `AROACKCEVSQ6C2EXAMPLE:${exampleInstance.instance}`,
      userName: 'checkout-api',
      userType: 'AssumedRole',
    },
    instanceDetails: {
      instanceId: exampleInstance.instance,
      tags: [{ key: 'Name', value: 'checkout-api' }],
      networkInterfaces: [],
    },
  },
};

const identityCenterSession: Story = {
  ...leakedKey,
  id: '56e3bd7a5f74b3af2b6b8b5b877bcdef',
  severity: 8,
  title: 'API GetCallerIdentity was invoked from a known malicious IP address.',
  description: 'Somebody uses the session of ana@example.com from an address on a threat list.',
  resource: {
    resourceType: 'AccessKey',
    accessKeyDetails: {
      accessKeyId: 'ASIAI44QH8DHBEXAMPLE',
      principalId: 'AROAJ2UCCR6DPCEXAMPLE:ana@example.com',
      userName: 'AWSReservedSSO_PowerUserAccess_0123456789abcdef',
      userType: 'AssumedRole',
    },
  },
};

const sends = (about: Omit<Scenario, 'run'>, story: Story): Scenario => ({
  ...about,
  run: async (world) => {
    await world.events([guardDutyEvent(story, world.clock.now())]);
  },
});

export const stolenSessionAlert = sends(
  {
    id: 'stolen-session',
    title: "Server's credentials stolen",
    description:
      "The credentials of checkout-api's role are used from outside. Revoke the one session, or all older ones of the role.",
  },
  stolenSession,
);

export const identityCenterAlert = sends(
  {
    id: 'identity-center-session',
    title: 'Stolen session of a person from Identity Center',
    description:
      'Its role cannot be changed in the account: Cordon refuses and says exactly what to do instead.',
  },
  identityCenterSession,
);

export const detachDeny: Scenario = {
  id: 'detach-deny',
  title: 'Attack: the contained user fights back',
  description:
    'Run it within ten seconds of the containment of ci-deploy: before IAM applies the deny everywhere, its user detaches it and makes a new key. Cordon contains both again, and says so.',
  run: async (world) => {
    const user = world.aws.account('123456789012').users.get('ci-deploy');
    if (!user) return;
    user.attached = [];
    user.keys.push({ id: 'AKIAIZ7XTNN7NEXAMPLE', status: 'Active' });
  },
};
