/**
 * Whether a case is about somebody's own AWS identity. Whoever holds the stolen credentials may also
 * hold the Slack session of their owner: so that person decides nothing in their own case.
 */
import type { Identity } from '../config/config.ts';
import type { Finding } from '../findings/finding.ts';
import { isNamed } from './behind.ts';
import type { Person } from './person.ts';

/** Every name by which a finding calls somebody: users, sessions, owners of keys, actors. */
const namesIn = ({ resources, actors }: Finding): readonly string[] => [
  ...resources.flatMap((resource) => [
    resource.id,
    resource.name ?? '',
    resource.kind === 'access-key' ? (resource.user ?? '') : '',
  ]),
  ...actors.flatMap(({ principal }) => principal ?? ''),
];

/** A name alone, or as the last part of an ARN or of `role/session`. */
const isCalled = (text: string, name: string): boolean =>
  isNamed([name], text) || text.endsWith(`/${name}`) || text.endsWith(`:${name}`);

/** False for whoever is in no identity of the configuration. */
export const isAffected = (
  person: Pick<Person, 'id'>,
  findings: readonly Finding[],
  identities: readonly Identity[],
): boolean => {
  const own = identities.find(({ id }) => id === person.id);
  const names = own ? [own.id, ...(own.aws ?? [])] : [];
  return findings.flatMap(namesIn).some((text) => names.some((name) => isCalled(text, name)));
};
