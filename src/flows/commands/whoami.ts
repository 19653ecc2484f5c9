/** `/cordon whoami`: what the person may do, and why. */
import type { People } from '../../config/config.ts';
import type { Scope } from '../../config/scope.ts';
import type { Authority } from '../../requests/authority.ts';
import type { Person } from '../../requests/person.ts';
import type { Refusal } from '../../store/people.ts';
import { glassRefusal } from '../break-glass.ts';
import { authorityOf, type Refused } from '../click.ts';
import type { WorkerPorts } from '../ports.ts';
import type { Command } from './command.ts';

const line = (what: string, authority: Authority): string =>
  authority.kind === 'allowed'
    ? `${what}: yes, ${authority.because}`
    : `${what}: no. ${authority.because} It needs ${authority.needed}.`;

const glass = (refused: Refused | undefined): string =>
  refused
    ? `Break glass: no. ${refused.because} It needs ${refused.needed}.`
    : 'Break glass at tier 2: yes, you are on call; it needs a reason, and everybody is told';

const scopeInWords = ({ accounts, tags, actions }: Scope): string =>
  [
    ...(accounts ? [`in ${accounts.join(', ')}`] : []),
    ...(tags
      ? [
          `on ${Object.entries(tags)
            .map(([key, values]) => `${key}=${values.join('|')}`)
            .join(', ')}`,
        ]
      : []),
    ...(actions ? [`for ${actions.join(', ')}`] : []),
  ].join(', ');

/** Roles that only some configurations have. */
const more = async (ports: WorkerPorts, person: Person): Promise<readonly string[]> => {
  const standing = await ports.directory.standing(person);
  const groups = standing.kind === 'known' ? standing.groups : [];
  const { scopedRoles, viewers, admins } = ports.config;
  const isSet = ({ users, groups: named }: Required<People>) => users.length + named.length > 0;
  return [
    ...scopedRoles
      .filter(
        (one) =>
          one.users?.includes(person.user) || one.groups?.some((group) => groups.includes(group)),
      )
      .map(({ id, role, for: scope }) => `Only ${scopeInWords(scope)}: ${role} (${id})`),
    ...(isSet(viewers) ? [line('Look', await authorityOf(ports, person, 'look'))] : []),
    ...(isSet(admins)
      ? [line('Withdraw for others', await authorityOf(ports, person, 'administer'))]
      : []),
    ...ports.config.tierRules.map(({ for: scope, tier }) => `Tier ${tier} ${scopeInWords(scope)}`),
  ];
};

/** Enough to find the one that is meant. */
const mostRefusals = 5;

const refusal = ({ at, because, needed }: Refusal): string =>
  `Refused ${at.slice(0, 16).replace('T', ' ')} UTC: ${because} It needs ${needed}.`;

export const whoami: Command = {
  name: 'whoami',
  uses: ['whoami'],
  summary: 'what you may do, and why; what was refused to you of late',
  needs: 'nothing',
  answer: async (ports, { click: { person }, words }) =>
    words.length > 0
      ? 'usage'
      : {
          title: 'What you may do',
          lines: [
            line('Request and undo', await authorityOf(ports, person, 'respond')),
            line('Approve', await authorityOf(ports, person, 'approve')),
            ...(await more(ports, person)),
            glass(await glassRefusal(ports, person)),
            `You count as: ${person.id}`,
            ...(await ports.requests.refusalsOf(person.id, mostRefusals)).map(refusal),
          ],
        },
};
