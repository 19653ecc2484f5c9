/** What responses change around instances and of whole accounts, as `GET /aws/state` shows it. */
import type { ServiceView } from './service-view.ts';
import type { Instance, Partition } from './state.ts';
import type { World } from './world.ts';

const nameOf = (arn: string | undefined): string =>
  arn ? `role ${arn.split('/').at(-1) ?? arn}` : 'no role';

const viewCredentials = ({ id, profileArn, metadataOff, terminationProtected }: Instance) => ({
  kind: 'instance',
  id,
  state: [
    nameOf(profileArn),
    metadataOff ? 'metadata service off' : 'metadata service on',
    ...(terminationProtected ? ['protected'] : []),
  ].join(', '),
  normal: profileArn !== undefined && !metadataOff,
});

const viewAcls = ({ network }: Partition): readonly ServiceView[] =>
  [...network.acls.values()].map(({ id, tags, entries, associations }) => {
    const denied = new Set(entries.flatMap((one) => (one.action === 'deny' ? one.cidr : [])));
    const quarantine = tags['cordon'] === 'quarantine';
    return {
      kind: quarantine ? 'empty network ACL' : 'network ACL',
      id,
      state: [`${associations.size} subnets`, ...[...denied].map((cidr) => `denies ${cidr}`)].join(
        ', ',
      ),
      normal: denied.size === 0 && !(quarantine && associations.size > 0),
    };
  });

const viewIpSets = ({ network }: Partition): readonly ServiceView[] =>
  [...network.ipSets.values()].map(({ id, name, addresses }) => ({
    kind: 'IP set',
    id,
    state: `${name}: ${addresses.join(', ') || 'empty'}`,
    normal: addresses.length === 0,
  }));

/** The service control policies on the account, where the organisation is known. */
const viewControl = (world: World, account: string): readonly ServiceView[] => {
  const organization = world.accounts.get(world.securityAccount)?.organization;
  const attached = organization?.attached.get(account);
  if (!organization || !attached) return [];
  const names = attached.map((id) => organization.policies.get(id)?.name ?? id);
  return [
    {
      kind: 'control policies',
      id: account,
      state: names.join(', '),
      normal: !names.some((name) => name.startsWith('cordon-')),
    },
  ];
};

export const viewNetwork = (world: World, partition: Partition): readonly ServiceView[] => [
  ...viewControl(world, partition.account),
  ...[...partition.instances.values()].map(viewCredentials),
  ...viewAcls(partition),
  ...viewIpSets(partition),
];
