/** The simulated accounts: what a response changes is seen changing. */
import { art } from '../block-kit/emoji-art.ts';
import { el, replaceWhen, svg } from '../dom.ts';
import type { Page, Part } from '../page.ts';
import type {
  Account,
  Bucket,
  Copy,
  Instance,
  NetworkInterface,
  Role,
  SecurityGroup,
  Service,
} from '../wire.ts';
import { changedFacts, type Facts, factsOf } from './aws-facts.ts';

/** What the drawing of one account needs beside it. */
interface Drawing {
  readonly account: Account;
  readonly changed: ReadonlySet<string>;
  /** The values that were there before the last change of each place. */
  readonly was: ReadonlyMap<string, string>;
}

const lock = (): SVGSVGElement => svg(art['lock'] ?? [], { class: 'emoji' });

const glow = ({ account, changed }: Drawing, id: string, className: string): string =>
  changed.has(`${account.id}/${id}`) ? `${className} changed` : className;

const groupName = (account: Account, id: string): string =>
  account.securityGroups.find((group) => group.id === id)?.name ?? id;

function groupChip(drawing: Drawing, id: string, quarantined: boolean): HTMLElement {
  return el(
    'span',
    { class: quarantined ? 'chip quarantine' : 'chip', data: { group: id }, title: id },
    quarantined && lock(),
    groupName(drawing.account, id),
  );
}

function interfaceRow(drawing: Drawing, one: NetworkInterface): HTMLElement {
  const { account, was } = drawing;
  const before = one.quarantined ? was.get(`${account.id}/${one.id}`) : undefined;
  return el(
    'div',
    {
      class: glow(drawing, one.id, 'interface'),
      data: { interface: one.id, quarantined: String(one.quarantined) },
    },
    el(
      'span',
      { class: 'mono' },
      one.id,
      el('span', { class: 'muted' }, ` ${[one.ip, ...one.ipv6].join(' ')}`),
    ),
    el(
      'span',
      { class: 'chips' },
      ...one.groups.map((id) => groupChip(drawing, id, one.quarantined)),
      ...(before ?? '')
        .split(', ')
        .filter((id) => id !== '' && !one.groups.includes(id))
        .map((id) =>
          el('span', { class: 'chip gone', title: `${id}, until now` }, groupName(account, id)),
        ),
    ),
  );
}

function instanceCard(drawing: Drawing, instance: Instance): HTMLElement {
  const isolated =
    instance.interfaces.length > 0 && instance.interfaces.every(({ quarantined }) => quarantined);
  return el(
    'div',
    { class: isolated ? 'thing isolated' : 'thing', data: { instance: instance.id } },
    el(
      'div',
      { class: 'thing-head' },
      el('b', {}, instance.name),
      isolated
        ? el('span', { class: 'pill red' }, lock(), 'Isolated')
        : el(
            'span',
            { class: instance.state === 'running' ? 'pill green' : 'pill' },
            instance.state,
          ),
    ),
    el('div', { class: 'mono muted' }, instance.id),
    ...instance.interfaces.map((one) => interfaceRow(drawing, one)),
  );
}

function groupRow(drawing: Drawing, group: SecurityGroup): HTMLElement {
  const rules = (way: string, lines: readonly string[]): HTMLElement =>
    el('div', { class: 'rule' }, el('span', { class: 'way' }, way), lines.join(', ') || 'nothing');
  return el(
    'div',
    { class: glow(drawing, group.id, 'thing group') },
    el(
      'div',
      { class: 'thing-head' },
      groupChip(drawing, group.id, group.quarantine),
      el('span', { class: 'mono muted' }, group.id),
    ),
    rules('in', group.ingress),
    rules('out', group.egress),
  );
}

function copyRow(drawing: Drawing, copy: Copy): HTMLElement {
  const { id, kind, name, evidence, sharedWith, locked } = copy;
  return el(
    'div',
    { class: glow(drawing, id, 'thing'), data: { copy: id, shared: sharedWith.join(' ') } },
    el(
      'div',
      { class: 'thing-head' },
      el('b', {}, name),
      el('span', { class: 'grow' }),
      evidence && el('span', { class: 'pill green' }, 'evidence'),
      locked !== undefined && el('span', { class: 'pill red', title: locked }, lock(), 'Locked'),
      sharedWith.includes('all') && el('span', { class: 'pill amber' }, 'public'),
    ),
    el('div', { class: 'mono muted' }, `${kind} ${id}`),
    sharedWith.length > 0 &&
      el('div', { class: 'rule' }, el('span', { class: 'way' }, 'for'), sharedWith.join(', ')),
  );
}

function bucketRow(drawing: Drawing, bucket: Bucket): HTMLElement {
  const { name, quarantined, blocked, publicPolicy } = bucket;
  const open = publicPolicy && !blocked;
  return el(
    'div',
    { class: glow(drawing, name, 'thing'), data: { bucket: name } },
    el(
      'div',
      { class: 'thing-head' },
      el('b', {}, name),
      el('span', { class: 'grow' }),
      quarantined && el('span', { class: 'pill red' }, lock(), 'Quarantined'),
      blocked && el('span', { class: 'pill green' }, 'public access blocked'),
      open && el('span', { class: 'pill amber' }, 'public'),
    ),
  );
}

/** A policy that denies wears a lock. */
const policyChips = (names: readonly string[]): readonly HTMLElement[] =>
  names.map((name) => {
    const denies = name === 'AWSDenyAll' || name.startsWith('cordon-revoke-');
    return el('span', { class: denies ? 'chip quarantine' : 'chip' }, denies && lock(), name);
  });

function roleRow(drawing: Drawing, role: Role): HTMLElement {
  return el(
    'div',
    { class: glow(drawing, `role/${role.name}`, 'thing'), data: { role: role.name } },
    el('div', { class: 'thing-head' }, el('b', {}, role.name)),
    el('span', { class: 'chips' }, ...policyChips(role.policies)),
  );
}

function userRow(drawing: Drawing, user: Account['users'][number]): HTMLElement {
  return el(
    'div',
    { class: glow(drawing, `user/${user.name}`, 'thing'), data: { user: user.name } },
    el(
      'div',
      { class: 'thing-head' },
      el('b', {}, user.name),
      el('span', { class: 'grow' }),
      ...policyChips(user.policies ?? []),
    ),
    ...user.keys.map((key) =>
      el(
        'div',
        { class: glow(drawing, key.id, 'key'), data: { key: key.id, status: key.status } },
        el('span', { class: 'mono' }, key.id),
        el('span', { class: 'grow' }),
        el('span', { class: key.status === 'Active' ? 'pill green' : 'pill red' }, key.status),
      ),
    ),
  );
}

function findingRow(drawing: Drawing, finding: Account['findings'][number]): HTMLElement {
  return el(
    'div',
    { class: glow(drawing, finding.id, 'thing finding'), data: { finding: finding.id } },
    el(
      'div',
      { class: 'thing-head' },
      el('span', { class: 'mono type' }, finding.type),
      el('span', { class: 'grow' }),
      el(
        'span',
        { class: finding.archived ? 'pill' : 'pill amber' },
        finding.archived ? 'archived' : (finding.workflow ?? 'active').toLowerCase(),
      ),
    ),
  );
}

/** What is not as usual stands out, as a stopped function does. */
function serviceRow(drawing: Drawing, service: Service): HTMLElement {
  const place = `${service.kind} ${service.id}`;
  return el(
    'div',
    { class: glow(drawing, place, 'thing'), data: { service: place } },
    el(
      'div',
      { class: 'thing-head' },
      el('b', {}, service.id),
      el('span', { class: 'grow' }),
      el('span', { class: service.normal ? 'pill' : 'pill amber' }, service.state),
    ),
    el('div', { class: 'mono muted' }, service.kind),
  );
}

const evidenceCard = (names: readonly string[]): HTMLElement | false =>
  names.length > 0 &&
  el(
    'section',
    { class: 'account' },
    el('h3', {}, 'Evidence bucket'),
    ...names.map((name) =>
      el(
        'div',
        { class: 'thing', data: { evidence: name } },
        lock(),
        el('span', { class: 'mono' }, name),
      ),
    ),
  );

const group = (title: string, rows: readonly HTMLElement[]): HTMLElement | false =>
  rows.length > 0 && el('section', { class: 'things' }, el('h4', {}, title), ...rows);

function accountCard(drawing: Drawing): HTMLElement {
  const { account } = drawing;
  return el(
    'section',
    { class: 'account', data: { account: account.id } },
    el(
      'h3',
      {},
      account.name,
      el('span', { class: 'mono muted' }, account.id),
      el('span', { class: 'pill' }, account.region),
    ),
    group(
      'Instances',
      account.instances.map((one) => instanceCard(drawing, one)),
    ),
    group(
      'Snapshots and images',
      (account.copies ?? []).map((one) => copyRow(drawing, one)),
    ),
    group(
      'Buckets',
      account.buckets.map((one) => bucketRow(drawing, one)),
    ),
    group(
      'Access keys',
      account.users.map((one) => userRow(drawing, one)),
    ),
    group(
      'Roles',
      account.roles.map((one) => roleRow(drawing, one)),
    ),
    group(
      'Everything else',
      (account.services ?? []).map((one) => serviceRow(drawing, one)),
    ),
    group(
      'Security groups',
      account.securityGroups.map((one) => groupRow(drawing, one)),
    ),
    group(
      'Findings',
      account.findings.map((one) => findingRow(drawing, one)),
    ),
  );
}

/** Draws all accounts again when AWS changed, and lets the changed values glow. */
export function awsPanel(page: Page): Part {
  const node = el('div', { class: 'panel aws' });
  const was = new Map<string, string>();
  let facts: Facts | undefined;
  const draw = (): void => {
    const { aws } = page.world;
    replaceWhen(node, JSON.stringify(aws), () => {
      const after = factsOf(aws);
      const changed = changedFacts(facts, after);
      for (const place of changed) was.set(place, facts?.get(place) ?? '');
      facts = after;
      const evidence = evidenceCard(aws.evidence ?? []);
      return [
        ...(evidence ? [evidence] : []),
        ...aws.accounts.map((account) => accountCard({ account, changed, was })),
      ];
    });
  };
  return { node, draw };
}
