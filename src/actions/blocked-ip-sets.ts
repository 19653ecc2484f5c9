/**
 * The IP set of AWS WAF in which blocked addresses stand. It is the owner who makes it, by the name
 * `cordon-blocked-ipv4` or `cordon-blocked-ipv6`, and refers to it in the web ACLs that shall block.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-ip-set-managing.html
 */
import { cidrOf } from '../findings/ip.ts';
import type { Change, Plan, Register } from './action.ts';
import type { Aws } from './aws.ts';

interface IpSet {
  readonly name: string;
  readonly id: string;
}

export const setNameFor = (ip: string): string => `cordon-blocked-ipv${ip.includes(':') ? 6 : 4}`;

/** Undefined when the owner has made none in this account and Region. */
export const blockedSet = async (ip: string, aws: Aws): Promise<IpSet | undefined> => {
  const name = setNameFor(ip);
  let NextMarker: string | undefined;
  do {
    const page = await aws.call('wafv2:ListIPSets', {
      Scope: 'REGIONAL',
      ...(NextMarker ? { NextMarker } : {}),
    });
    const found = page.IPSets?.find(({ Name }) => Name === name);
    if (found?.Id) return { name, id: found.Id };
    NextMarker = page.IPSets?.length ? page.NextMarker : undefined;
  } while (NextMarker);
  return undefined;
};

const readSet = async ({ name, id }: IpSet, aws: Aws) => {
  const { IPSet, LockToken } = await aws.call('wafv2:GetIPSet', {
    Scope: 'REGIONAL',
    Name: name,
    Id: id,
  });
  return { addresses: IPSet?.Addresses ?? [], LockToken };
};

const listed = 'listed';
const notListed = 'not listed';
const prefix = 'ipset/';

const stateIn = async (set: IpSet, cidr: string, aws: Aws): Promise<string> =>
  (await readSet(set, aws)).addresses.includes(cidr) ? listed : notListed;

export const setChange = async (set: IpSet, ip: string, aws: Aws): Promise<Change> => ({
  id: `${prefix}${set.name}/${set.id}/${cidrOf(ip)}`,
  label: `${ip} in the IP set ${set.name} of AWS WAF`,
  before: await stateIn(set, cidrOf(ip), aws),
  after: listed,
});

/** The set is written whole: AWS refuses it when somebody else was faster, and the step says so. */
const write = async (set: IpSet, cidr: string, value: string, aws: Aws): Promise<void> => {
  const { addresses, LockToken } = await readSet(set, aws);
  const others = addresses.filter((each) => each !== cidr);
  await aws.call('wafv2:UpdateIPSet', {
    Scope: 'REGIONAL',
    Name: set.name,
    Id: set.id,
    LockToken,
    Addresses: value === listed ? [...others, cidr] : others,
  });
};

/** Undefined for the change of something else. */
export const setRegister = (
  change: Change,
  { target: { account, region } }: Plan,
): Register | undefined => {
  const [, name, id, address, length] = change.id.split('/');
  if (!change.id.startsWith(prefix) || !name || !id) return undefined;
  const set = { name, id };
  const cidr = `${address}/${length}`;
  return {
    id: change.id,
    title: `List or take out ${cidr} in ${name}`,
    resource: `${account}/${region}/${prefix}${name}/${id}`,
    undoable: true,
    uses: ['wafv2:GetIPSet', 'wafv2:UpdateIPSet'],
    read: (aws) => stateIn(set, cidr, aws),
    write: (value, aws) => write(set, cidr, String(value), aws),
  };
};
