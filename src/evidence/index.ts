/** Every source, in the order in which people read them. A new one is a file and a line here. */
import type { Operation } from '../actions/aws.ts';
import type { Source } from './source.ts';
import { changed } from './sources/changed.ts';
import { did } from './sources/did.ts';
import { names } from './sources/names.ts';
import { network } from './sources/network.ts';
import { objects } from './sources/objects.ts';
import { related } from './sources/related.ts';
import { requests } from './sources/requests.ts';
import { who } from './sources/who.ts';

export const sources: readonly Source[] = [
  who,
  did,
  network,
  names,
  requests,
  objects,
  changed,
  related,
];

/** What the read role needs for all of them. */
export const evidenceReads: readonly Operation[] = [
  ...new Set(sources.flatMap(({ reads }) => reads)),
];
