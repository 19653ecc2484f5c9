/** A finding is stored with its case, so whatever came in, it stays small. */
import { type Finding, type Resource, type Untrusted, untrusted } from './finding.ts';
import { jsonBytes, text } from './read.ts';

/** As JSON in UTF-8. An item of DynamoDB holds 400 KB: a case has room for its newest findings. */
export const mostBytes = 16_000;

/** How much of a finding is kept: numbers of things, and UTF-16 units of a text. */
interface Room {
  readonly resources: number;
  readonly actors: number;
  /** Of one resource. */
  readonly tags: number;
  readonly text: number;
}

/** What is given up first when a finding is too big: tags, then long texts, then resources far down the list. */
const rooms: readonly Room[] = [
  { resources: 50, actors: 20, tags: 50, text: 2_000 },
  { resources: 50, actors: 20, tags: 10, text: 1_000 },
  { resources: 30, actors: 10, tags: 3, text: 500 },
  { resources: 15, actors: 5, tags: 0, text: 250 },
  { resources: 5, actors: 2, tags: 0, text: 120 },
  { resources: 2, actors: 0, tags: 0, text: 60 },
];

/** The finding, with as much of it as fits into `mostBytes`; the first resources stay, and the kept finding. */
export const bounded = (finding: Finding): Finding => {
  let found = finding;
  for (const room of rooms) {
    found = within(finding, room);
    if (jsonBytes(found) <= mostBytes) return found;
  }
  return found;
};

const within = (finding: Finding, room: Room): Finding => ({
  ...finding,
  type: jsonBytes(finding.type) > 1_024 ? text(finding.type, 170) : finding.type,
  title: cut(finding.title, Math.min(room.text, 512)),
  description: cut(finding.description, room.text),
  resources: fewest(finding.resources, room.resources).map((resource) => lean(resource, room)),
  actors: finding.actors.slice(0, room.actors).map((actor) => {
    const entries = Object.entries(actor).map(([key, value]) => [key, cut(value, room.text)]);
    return Object.fromEntries(entries);
  }),
  facts: finding.facts.map(({ label, value }) => ({ label, value: cut(value, room.text) })),
});

const cut = (value: string, longest: number): Untrusted => untrusted(text(value, longest));

/** The finding itself comes last, and is needed to archive it. */
const fewest = (resources: readonly Resource[], most: number): readonly Resource[] => {
  if (resources.length <= most) return resources;
  const last = resources.at(-1);
  return last?.kind === 'finding'
    ? [...resources.slice(0, most - 1), last]
    : resources.slice(0, most);
};

const lean = (resource: Resource, room: Room): Resource => {
  const { tags, name, ...rest } = resource;
  const kept = Object.entries(tags ?? {}).slice(0, room.tags);
  return {
    ...rest,
    ...('user' in rest && { user: cut(rest.user, room.text) }),
    ...(name !== undefined && { name: cut(name, room.text) }),
    ...(kept.length > 0 && { tags: Object.fromEntries(kept) }),
  };
};
