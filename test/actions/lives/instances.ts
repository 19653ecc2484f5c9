/** The lives of the actions on EC2 instances and the network around them. */
import { blockAddress } from '../../../src/actions/block-address.ts';
import { captureVolatileEvidence } from '../../../src/actions/capture-volatile-evidence.ts';
import { cutInstanceCredentials } from '../../../src/actions/cut-instance-credentials.ts';
import { documentContent, evidenceDocument } from '../../../src/actions/evidence-document.ts';
import { isolateInstance } from '../../../src/actions/isolate-instance.ts';
import { revokeWorldOpenIngress } from '../../../src/actions/revoke-world-open-ingress.ts';
import { snapshotVolumes } from '../../../src/actions/snapshot-volumes.ts';
import { stopInstance } from '../../../src/actions/stop-instance.ts';
import { subnetCut } from '../../../src/actions/subnet-cut.ts';
import type { Resource } from '../../../src/findings/finding.ts';
import type { SecurityRule } from '../../../src/local/world/state.ts';
import type { World } from '../../../src/local/world/world.ts';
import { account, region, settings } from '../bench.ts';
import { admin, first, second, target, vpc, web as webGroup } from '../example-instance.ts';
import {
  asTarget,
  elastic,
  inScalingGroup,
  metrics,
  placeOf,
  putElastic,
  unprotected,
  web,
  worker,
} from '../example-network.ts';
import type { Lifecycle } from '../life.ts';

const groupNames = (world: World, id: string | undefined): readonly (string | undefined)[] => {
  const { interfaces, groups } = placeOf(world);
  return (interfaces.get(id ?? '')?.groups ?? []).map((group) => groups.get(group)?.name);
};

const setGroups = (world: World, groups: readonly string[]): void => {
  const each = placeOf(world).interfaces.get(first ?? '');
  if (each) each.groups = groups;
};

const inService = (world: World, arn: string | undefined): readonly string[] =>
  (placeOf(world).network.targetGroups.get(arn ?? '')?.targets ?? [])
    .filter(({ drainingUntil }) => drainingUntil === undefined)
    .map(({ id, port }) => `${id}:${port}`)
    .sort();

const deletedVolumes = (world: World): readonly string[] =>
  [...placeOf(world).volumes.values()]
    .filter((each) => each.instance === target.id && each.deletedWithInstance)
    .map(({ device }) => device);

/** All that isolation changes, and nothing of the replacement that the group starts. */
const surroundings = (world: World) => {
  // Lets happen what was due.
  world.state();
  const { instances, interfaces } = placeOf(world);
  const instance = instances.get(target.id);
  return {
    protected: instance?.terminationProtected ?? false,
    shutdown: instance?.shutdown,
    deleted: deletedVolumes(world),
    scaling: instance?.scaling?.state,
    targets: [inService(world, web), inService(world, metrics)],
    tcpIdle: [first, second].map((id) => interfaces.get(id ?? '')?.idle?.tcp ?? 432_000),
    groups: [first, second].map((id) => groupNames(world, id)),
    metadataOff: instance?.metadataOff ?? false,
  };
};

export const everythingAround = (world: World): void => {
  unprotected(world);
  inScalingGroup(world);
  asTarget(world);
};

const containedAround = {
  protected: true,
  shutdown: 'stop',
  deleted: [],
  scaling: 'Standby',
  targets: [[`${worker}:8080`], []],
  tcpIdle: [60, 60],
  groups: [['cordon-quarantine'], ['cordon-quarantine']],
  metadataOff: true,
};

export const isolated: Lifecycle = {
  action: isolateInstance,
  target,
  arrange: everythingAround,
  look: surroundings,
  contained: containedAround,
  takes: 60,
  drift: (world) => setGroups(world, [admin ?? '']),
};

const passed = 'eni-0a1b2c3d4e5f60711/reverse-shell';

/** With all that the configuration can choose. */
export const isolatedThoroughly: Lifecycle = {
  ...isolated,
  seldomKilled: true,
  settings: { ...settings, isolation: { disassociateAddress: true, transitionGroup: true } },
  arrange: (world) => {
    everythingAround(world);
    putElastic(world);
    // Without IPv6 AWS makes no rule to ::/0 by itself.
    placeOf(world).vpcs.set(vpc, { id: vpc, ipv6: false });
    placeOf(world).network.connections.set(passed, {
      ...{ id: passed, interface: first ?? '', peer: '203.0.113.9', tracked: true },
    });
  },
  look: (world) => ({
    ...surroundings(world),
    address: placeOf(world).network.addresses.get(elastic.id)?.association?.interface ?? 'none',
    transition: [...placeOf(world).groups.values()].some(
      ({ name }) => name === 'cordon-transition',
    ),
  }),
  contained: { ...containedAround, address: 'none', transition: false },
};

/** An interface that somebody had put into quarantine already, beside its own group. */
const halfIsolated: Lifecycle = {
  ...isolated,
  arrange: (world) => {
    const id = 'sg-0000000000000aaaa';
    placeOf(world).groups.set(id, {
      ...{ id, vpc, name: 'cordon-quarantine', description: '', ingress: [], egress: [] },
      tags: { cordon: 'quarantine' },
    });
    setGroups(world, [id, webGroup ?? '']);
  },
  look: (world) => [first, second].map((id) => groupNames(world, id)),
  contained: [['cordon-quarantine'], ['cordon-quarantine']],
};

const evidence = (world: World) =>
  [...placeOf(world).snapshots.values()]
    .filter(({ tags }) => tags['cordon'] === 'evidence')
    .map(({ volume, lock }) => [volume, lock?.mode]);

const snapshots: Lifecycle = {
  action: snapshotVolumes,
  target,
  look: evidence,
  contained: [
    ['vol-0a1b2c3d4e5f60711', 'governance'],
    ['vol-0a1b2c3d4e5f60712', 'governance'],
  ],
  final: true,
  repeatable: true,
};

const captured: Lifecycle = {
  action: captureVolatileEvidence,
  target,
  look: (_world, kept) => [...kept.keys()].sort(),
  contained: ['console-output', 'description', 'screenshot'],
  final: true,
  repeatable: true,
};

export const commands = ['ps auxww', 'ss -tanp'];

export const putDocument = (world: World, lines: readonly string[] = commands): void =>
  void placeOf(world).services.ssm.documents.set(evidenceDocument, [
    JSON.stringify(documentContent(lines), undefined, 2),
  ]);

/** With commands on it, which its agent runs. */
export const capturedByCommands: Lifecycle = {
  ...captured,
  settings: { ...settings, evidence: { commands } },
  arrange: putDocument,
  contained: ['commands-sent', 'console-output', 'description', 'screenshot'],
  takes: 10,
};

const stopped: Lifecycle = {
  action: stopInstance,
  target,
  look: (world) => {
    world.state();
    return placeOf(world).instances.get(target.id)?.state;
  },
  contained: 'stopped',
  takes: 60,
  drift: (world) => void placeOf(world).instances.delete(target.id),
};

const credentials = (world: World) => {
  const instance = placeOf(world).instances.get(target.id);
  return {
    profile: instance?.profileArn,
    metadataOff: instance?.metadataOff ?? false,
    denies: [
      ...(world.account(account).iamRoles.get('checkout-api')?.policies.keys() ?? []),
    ].filter((name) => name.startsWith('cordon-')).length,
  };
};

const cutOff: Lifecycle = {
  action: cutInstanceCredentials,
  target,
  look: credentials,
  contained: { profile: undefined, metadataOff: true, denies: 1 },
  drift: (world) => {
    const instance = placeOf(world).instances.get(target.id);
    if (instance) instance.profileArn = `arn:aws:iam::${account}:instance-profile/other`;
  },
};

const aclNames = (world: World) =>
  [...placeOf(world).network.acls.values()].map(({ tags, associations }) => [
    tags['cordon'] ?? 'default',
    associations.size,
  ]);

const subnets: Lifecycle = {
  action: subnetCut,
  target,
  look: aclNames,
  contained: [
    ['default', 0],
    ['quarantine', 2],
  ],
  undone: [
    ['default', 2],
    ['quarantine', 0],
  ],
  drift: (world) => {
    const { acls } = placeOf(world).network;
    const [original, ours] = [...acls.values()];
    if (!original || !ours) throw new Error('There is no quarantine ACL');
    acls.set('acl-0other', {
      ...original,
      id: 'acl-0other',
      associations: new Map(ours.associations),
    });
    ours.associations.clear();
  },
};

const attacker = '192.0.2.44';
const aclWithNumber = 'acl-0a1b2c3d4e5f60718';

const deniesOf = (world: World) => ({
  acl: (placeOf(world).network.acls.get(aclWithNumber)?.entries ?? [])
    .filter(({ action }) => action === 'deny')
    .map(({ cidr, egress }) => `${cidr} ${egress ? 'out' : 'in'}`)
    .sort(),
  waf: placeOf(world).network.ipSets.get('ipset-1')?.addresses,
});

const blocked: Lifecycle = {
  action: blockAddress,
  target: { kind: 'address', id: `${target.id}/${attacker}`, account, region },
  arrange: (world) => {
    placeOf(world).network.ipSets.set('ipset-1', {
      ...{ id: 'ipset-1', name: 'cordon-blocked-ipv4', version: 'IPV4', lock: 1 },
      addresses: ['198.51.100.99/32'],
    });
  },
  look: deniesOf,
  contained: {
    acl: [`${attacker}/32 in`, `${attacker}/32 out`],
    waf: ['198.51.100.99/32', `${attacker}/32`],
  },
  drift: (world) => void placeOf(world).network.acls.delete(aclWithNumber),
};

const opened = (id: string | undefined): Resource => ({
  kind: 'security-group',
  id: id ?? '',
  account,
  region,
});

const ingressOf = (id: string | undefined) => (world: World) =>
  (placeOf(world).groups.get(id ?? '')?.ingress ?? []).map(({ protocol, peer }) => [
    protocol,
    peer.value,
  ]);

const everybody = { kind: 'ipv4', value: '0.0.0.0/0' } as const;
const openToAll = { protocol: '-1', peer: { kind: 'ipv6', value: '::/0' } } as const;

/** The same rule by somebody else's hand: its description is theirs. */
const reopen = (id: string | undefined, rule: SecurityRule) => (world: World) => {
  const group = placeOf(world).groups.get(id ?? '');
  if (group) group.ingress = [{ ...rule, description: 'temporary' }];
};

const closed: Lifecycle = {
  action: revokeWorldOpenIngress,
  target: opened(webGroup),
  look: ingressOf(webGroup),
  contained: [],
  drift: reopen(webGroup, { protocol: 'tcp', from: 443, to: 443, peer: everybody }),
};

const closedWholly: Lifecycle = {
  ...closed,
  target: opened(admin),
  arrange: (world) => {
    const group = placeOf(world).groups.get(admin ?? '');
    if (group) group.ingress = [openToAll];
  },
  look: ingressOf(admin),
  drift: reopen(admin, openToAll),
};

export const instanceLives: readonly Lifecycle[] = [
  isolated,
  isolatedThoroughly,
  halfIsolated,
  snapshots,
  captured,
  capturedByCommands,
  stopped,
  cutOff,
  subnets,
  blocked,
  closed,
  closedWholly,
];
