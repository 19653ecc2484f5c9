/** What the actions on instances are refused for. */
import { captureVolatileEvidence } from '../../../src/actions/capture-volatile-evidence.ts';
import { cutInstanceCredentials } from '../../../src/actions/cut-instance-credentials.ts';
import { isolateInstance } from '../../../src/actions/isolate-instance.ts';
import { snapshotVolumes } from '../../../src/actions/snapshot-volumes.ts';
import { stopInstance } from '../../../src/actions/stop-instance.ts';
import type { Instance, Role, SecurityGroup } from '../../../src/local/world/state.ts';
import type { World } from '../../../src/local/world/world.ts';
import { account } from '../bench.ts';
import { everywhere, putGroup, second, target } from '../example-instance.ts';
import { inScalingGroup, placeOf } from '../example-network.ts';
import { alter, one } from '../example-services.ts';
import type { RefusalTable } from './table.ts';

const change = (about: Partial<Instance>) => (world: World) =>
  alter(placeOf(world).instances, target.id, about);
const withoutInterfaces = (world: World) => placeOf(world).interfaces.clear();

const unknown = {
  arrange: (world: World) => placeOf(world).instances.clear(),
  code: 'not-found',
  instead: /region/,
} as const;
const exempt = {
  arrange: change({ tags: { 'ir-exempt': '' } }),
  code: 'exempt',
  instead: /owner/,
} as const;
const terminated = {
  arrange: change({ state: 'terminated' }),
  code: 'wrong-state',
  instead: /\w+\./,
} as const;
/** Refused by every action on an instance. */
export const onEvery = { 'an unknown instance': unknown, 'an exempt instance': exempt };

const group = (about: Partial<SecurityGroup>) => (world: World) => putGroup({ world }, about);

const isolating: RefusalTable = {
  action: isolateInstance,
  target,
  cases: {
    ...onEvery,
    'a terminated instance': { ...terminated, because: /terminated/ },
    'one that is shutting down': {
      ...terminated,
      arrange: change({ state: 'shutting-down' }),
      because: /shutting/,
    },
    'an instance without interfaces': {
      arrange: withoutInterfaces,
      code: 'wrong-state',
      instead: /Stop the instance/,
    },
    'one that its group takes out of service': {
      arrange: (world) => {
        inScalingGroup(world);
        change({ scaling: { group: 'checkout', state: 'Pending' } })(world);
      },
      code: 'wrong-state',
      instead: /suspend/,
    },
    'one that a service manages': {
      arrange: change({ operator: 'eks.amazonaws.com' }),
      code: 'managed-by-aws',
      instead: /drain/,
    },
    'an interface that AWS manages': {
      arrange: (world) =>
        alter(placeOf(world).interfaces, second ?? '', { requesterManaged: true }),
      code: 'managed-by-aws',
      because: /eni-0a1b2c3d4e5f60712/,
      instead: /network ACL/,
    },
    'a quarantine group with a rule in': {
      arrange: group({ ingress: [everywhere] }),
      code: 'tampered',
      instead: /CloudTrail/,
    },
    'a quarantine group with a rule out': {
      arrange: group({ egress: [everywhere] }),
      code: 'tampered',
      instead: /CloudTrail/,
    },
    'a quarantine group that Cordon did not make': {
      arrange: group({ tags: {} }),
      code: 'not-ours',
      instead: /Rename/,
    },
  },
};

const capturing: RefusalTable = {
  action: captureVolatileEvidence,
  target,
  cases: { ...onEvery, 'a terminated instance': terminated },
};

const snapshotting: RefusalTable = {
  action: snapshotVolumes,
  target,
  cases: {
    ...onEvery,
    'a terminated instance': { ...terminated, instead: /unattached/ },
    'an instance on instance store': {
      arrange: (world) => placeOf(world).volumes.clear(),
      code: 'not-supported',
      instead: /before it stops/,
    },
  },
};

const stopping: RefusalTable = {
  action: stopInstance,
  target,
  cases: {
    ...onEvery,
    'a stopped instance': {
      arrange: change({ state: 'stopped' }),
      code: 'already-contained',
      instead: /Snapshot/,
    },
    'one that is stopping': {
      arrange: change({ state: 'stopping' }),
      code: 'already-contained',
      instead: /Snapshot/,
    },
    'one that is starting': {
      arrange: change({ state: 'pending' }),
      code: 'wrong-state',
      instead: /Plan again/,
    },
    'a terminated instance': { ...terminated, instead: /sessions/ },
    'a member of an Auto Scaling group': {
      arrange: change({ tags: { 'aws:autoscaling:groupName': 'checkout' } }),
      code: 'managed-by-aws',
      instead: /standby.*ReplaceUnhealthy/,
    },
    'a root on instance store': {
      arrange: change({ rootDevice: 'instance-store' }),
      code: 'not-supported',
      instead: /Isolate/,
    },
    'a Spot Instance': {
      arrange: change({ spot: true }),
      code: 'not-supported',
      instead: /Cancel its Spot request/,
    },
    'a protected instance': {
      arrange: change({ stopProtected: true }),
      code: 'not-permitted',
      instead: /--no-disable-api-stop/,
    },
  },
};

const roleName = 'checkout-api';
const denyName = `cordon-revoke-session-${target.id}`;

/** The instance's profile has a role like that of the example, but for these. */
const withRole = (about: Partial<Role>) => (world: World) => {
  const { iamRoles } = world.account(account);
  const role = { ...one(iamRoles, roleName), ...about };
  iamRoles.delete(roleName);
  iamRoles.set(role.name, role);
};

const cutting: RefusalTable = {
  action: cutInstanceCredentials,
  target,
  cases: {
    ...onEvery,
    'a terminated instance': { ...terminated, instead: /sessions/ },
    'one that a service manages': {
      arrange: change({ operator: 'eks.amazonaws.com' }),
      code: 'managed-by-aws',
      instead: /session is named/,
    },
    'one without a profile': {
      arrange: (world) => {
        const { profileArn: _none, ...rest } = placeOf(world).instances.get(target.id) ?? {};
        placeOf(world).instances.set(target.id, rest as Instance);
      },
      code: 'already-contained',
      instead: /older sessions/,
    },
    'one whose profile has no role': {
      arrange: withRole({ profiles: [] }),
      code: 'not-supported',
      instead: /RemoveRoleFromInstanceProfile/,
    },
    "one with one of Cordon's own roles": {
      arrange: withRole({ name: 'cordon-worker' }),
      code: 'own-resource',
      instead: /by hand/,
    },
    'one whose role has a policy of that name that is not ours': {
      arrange: withRole({ policies: new Map([[denyName, '{"Statement":[]}']]) }),
      code: 'tampered',
      instead: /PutRolePolicy/,
    },
  },
};

export const instanceRefusals: readonly RefusalTable[] = [
  isolating,
  capturing,
  snapshotting,
  stopping,
  cutting,
];
