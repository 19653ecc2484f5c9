/**
 * A thing that somebody typed: an ARN, or the id of a thing of a known kind. Pure and strict: whatever
 * does not look exactly like an id of that kind is none, so a typed word never reaches AWS unchecked.
 */
import { parseArn } from './arn.ts';
import type { Resource, ResourceKind } from './finding.ts';
import { resourceNamed, type Where } from './resource.ts';

/** What AWS allows in ids and names; the kinds that are left out have to be named by an ARN or a case. */
const shapes: { readonly [K in ResourceKind]?: RegExp } = {
  instance: /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
  'access-key': /^(?:AKIA|ASIA)[A-Z0-9]{12,28}$/,
  user: /^[\w+=,.@-]{1,64}$/,
  role: /^[\w+=,.@-]{1,64}$/,
  'role-session': /^[\w+=,.@-]{1,64}\/[\w+=,.@-]{2,64}$/,
  bucket: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'security-group': /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
  image: /^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
  snapshot: /^snap-(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
  function: /^[\w-]{1,64}$/,
  database: /^[A-Za-z][A-Za-z0-9-]{0,62}$/,
  'database-snapshot': /^[A-Za-z][A-Za-z0-9:-]{0,254}$/,
  service: /^[\w-]{1,255}\/[\w-]{1,255}$/,
  task: /^[\w-]{1,255}\/[0-9a-f-]{32,36}$/,
  'kms-key': /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
  secret: /^[\w/+=.@-]{1,512}$/,
  trail: /^[\w.-]{3,128}$/,
  detector: /^[0-9a-f]{32}$/,
  recorder: /^[\w-]{1,256}$/,
  account: /^\d{12}$/,
};

/** Account and Region of the ARN win over `where`. Undefined for what is no id of this kind. */
export const typedResource = (
  kind: ResourceKind,
  word: string,
  where: Where,
): Resource | undefined => {
  if (parseArn(word))
    return resourceNamed({ id: word, where }).find((resource) => resource.kind === kind);
  const shape = shapes[kind];
  if (!shape?.test(word) || kind === 'finding') return undefined;
  if (kind === 'access-key')
    return { kind, id: word, ...where, temporary: word.startsWith('ASIA') };
  return kind === 'account'
    ? { kind, id: word, account: word, region: where.region }
    : { kind, id: word, ...where };
};
