/** What the actions on the network around an instance are refused for. */
import { blockAddress } from '../../../src/actions/block-address.ts';
import { revokeWorldOpenIngress } from '../../../src/actions/revoke-world-open-ingress.ts';
import { subnetCut } from '../../../src/actions/subnet-cut.ts';
import type { AclEntry } from '../../../src/local/world/network-state.ts';
import type { World } from '../../../src/local/world/world.ts';
import { account, benchOf, planned, region } from '../bench.ts';
import { target, web } from '../example-instance.ts';
import { placeOf, putElastic } from '../example-network.ts';
import { alter } from '../example-services.ts';
import { onEvery } from './instances.ts';
import type { RefusalTable } from './table.ts';

const stranger = '111122223333';
const withoutInterfaces = (world: World) => placeOf(world).interfaces.clear();

const entry = (number: number): AclEntry => ({
  ...{ number, egress: false, action: 'allow', protocol: '-1', cidr: '0.0.0.0/0' },
});

const cuttingOff: RefusalTable = {
  action: subnetCut,
  target,
  cases: {
    ...onEvery,
    'an instance without interfaces': {
      arrange: withoutInterfaces,
      code: 'wrong-state',
      instead: /Stop the instance/,
    },
    'a subnet of another account': {
      arrange: (world) => {
        const { acls } = placeOf(world).network;
        for (const id of acls.keys()) alter(acls, id, { owner: stranger });
      },
      code: 'not-ours',
      instead: /Isolate or stop/,
    },
    'a quarantine ACL with an entry': {
      arrange: async (world) => {
        const bench = benchOf(subnetCut, world);
        await bench.execute(planned(await bench.plan(target)));
        for (const acl of placeOf(world).network.acls.values())
          if (acl.tags['cordon'] === 'quarantine') acl.entries = [entry(100)];
      },
      code: 'tampered',
      instead: /CreateNetworkAclEntry/,
    },
  },
};

const acl = 'acl-0a1b2c3d4e5f60718';
const address = { kind: 'address', id: `${target.id}/192.0.2.44`, account, region } as const;

const blocking: RefusalTable = {
  action: blockAddress,
  target: address,
  cases: {
    'what is no address': {
      target: { ...address, id: `${target.id}/10.0.0.1` },
      code: 'not-supported',
      instead: /\w+\./,
    },
    'an instance without interfaces': {
      arrange: withoutInterfaces,
      code: 'not-found',
      instead: /\w+\./,
    },
    'a subnet of another account': {
      arrange: (world) => alter(placeOf(world).network.acls, acl, { owner: stranger }),
      code: 'not-ours',
      instead: /Ask for it there/,
    },
    'an exempt network ACL': {
      arrange: (world) => alter(placeOf(world).network.acls, acl, { tags: { 'ir-exempt': '' } }),
      code: 'exempt',
      instead: /owner/,
    },
    'a network ACL without room': {
      arrange: (world) => alter(placeOf(world).network.acls, acl, { entries: [entry(1)] }),
      code: 'wrong-state',
      instead: /Renumber/,
    },
    'an address of the account itself': {
      arrange: (world) => putElastic(world, '192.0.2.44'),
      code: 'own-resource',
      instead: /\w+\./,
    },
  },
};

const opened = { kind: 'security-group', id: web ?? '', account, region } as const;

const closing: RefusalTable = {
  action: revokeWorldOpenIngress,
  target: opened,
  cases: {
    'an unknown group': {
      target: { ...opened, id: 'sg-0000000000000none' },
      code: 'not-found',
      instead: /\w+\./,
    },
    'a group that is not open': {
      arrange: (world) => alter(placeOf(world).groups, opened.id, { ingress: [] }),
      code: 'already-contained',
      instead: /\w+\./,
    },
    'an exempt group': {
      arrange: (world) => alter(placeOf(world).groups, opened.id, { tags: { 'ir-exempt': '' } }),
      code: 'exempt',
      instead: /owner/,
    },
    'a group that another account shares': {
      arrange: (world) => alter(placeOf(world).groups, opened.id, { owner: stranger }),
      code: 'not-ours',
      instead: /\w+\./,
    },
  },
};

export const networkRefusals: readonly RefusalTable[] = [cuttingOff, blocking, closing];
