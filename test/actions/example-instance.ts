/** The example instance with two interfaces, and how a test reaches its parts in the world. */
import type { ResourceOf } from '../../src/findings/finding.ts';
import type { Partition, SecurityGroup } from '../../src/local/world/state.ts';
import { account, type Bench, region } from './bench.ts';

export const target: ResourceOf<'instance'> = {
  kind: 'instance',
  id: 'i-0a1b2c3d4e5f60718',
  account,
  region,
};
export const vpc = 'vpc-0a1b2c3d4e5f60718';
export const [first, second] = ['eni-0a1b2c3d4e5f60711', 'eni-0a1b2c3d4e5f60712'];
export const [web, admin] = ['sg-0a1b2c3d4e5f60711', 'sg-0a1b2c3d4e5f60712'];

export const at = (bench: Pick<Bench, 'world'>): Partition =>
  bench.world.partition(account, region);
export const groupsOf = (bench: Bench, id: string | undefined) =>
  at(bench).interfaces.get(id ?? '')?.groups;
export const quarantine = (bench: Bench): SecurityGroup => {
  const found = [...at(bench).groups.values()].find(({ name }) => name === 'cordon-quarantine');
  if (!found) throw new Error('There is no quarantine group');
  return found;
};
export const putGroup = (bench: Pick<Bench, 'world'>, about: Partial<SecurityGroup>): void => {
  const id = 'sg-0000000000000aaaa';
  at(bench).groups.set(id, {
    id,
    name: 'cordon-quarantine',
    description: '',
    vpc,
    tags: { cordon: 'quarantine' },
    ingress: [],
    egress: [],
    ...about,
  });
};
export const everywhere = { protocol: '-1', peer: { kind: 'ipv4', value: '0.0.0.0/0' } } as const;
