/**
 * Addresses that a finding names as the other side, as something that can be acted on: each in front
 * of the instance that the finding is about. No service lists them among its resources.
 */
import type { Finding, Resource } from './finding.ts';
import { isPublicAddress } from './ip.ts';

/** A card has room for so many. */
const mostAddresses = 2;

/** `i-…/192.0.2.44` for each public address of an actor and the first instance of the finding. */
export const addressesOf = ({ actors, resources }: Finding): readonly Resource[] => {
  const instance = resources.find(({ kind }) => kind === 'instance');
  if (!instance) return [];
  const { account, region, id } = instance;
  const ips = [...new Set(actors.flatMap(({ ip }) => ip ?? []))].filter(isPublicAddress);
  return ips
    .slice(0, mostAddresses)
    .map((ip) => ({ kind: 'address', id: `${id}/${ip}`, account, region }));
};
