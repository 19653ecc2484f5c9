/** Who is called for an approval: the approvers, but never the requester by their own request. */
import { namedFor } from '../requests/authority.ts';
import { personOf } from '../requests/person.ts';
import { targetOf } from '../requests/scope.ts';
import type { OfferedPlan } from '../store/requests-table.ts';
import type { WorkerPorts } from './ports.ts';

/** A mention of more people than this is a mention of nobody. */
const mostNames = 20;

/**
 * Groups are called as groups. Only where the requester is in one, its other members are named one
 * by one, because Slack cannot leave somebody out of a group's mention.
 */
export const whomToAsk = async (
  ports: WorkerPorts,
  { plan, person, caseId }: Pick<OfferedPlan, 'plan' | 'person' | 'caseId'>,
): Promise<readonly string[]> => {
  if (plan.tier < 2) return [];
  const { identities } = ports.config;
  const drill = plan.drill ? await ports.drills.of(caseId) : undefined;
  if (drill?.twist?.kind === 'approver-absent') return [];
  // Of a drill those who were asked to take part, if anybody was.
  if (drill && drill.people.length > 0)
    return drill.people.filter(
      (id) => id.startsWith('S') || personOf(identities, person.team, id).id !== person.id,
    );
  const approvers = namedFor(ports.config, 'approve', targetOf(plan));
  const isOther = (user: string) => personOf(identities, person.team, user).id !== person.id;
  const groups = await Promise.all(approvers.groups.map((group) => named(ports, group, isOther)));
  return [...new Set([...groups.flat(), ...approvers.users.filter(isOther)])];
};

const named = async (
  ports: WorkerPorts,
  group: string,
  isOther: (user: string) => boolean,
): Promise<readonly string[]> => {
  try {
    const members = [...(await ports.directory.members(group))];
    const others = members.filter(isOther);
    return others.length === members.length || others.length > mostNames ? [group] : others;
  } catch {
    // Better one ping too many than an approval that nobody hears of.
    return [group];
  }
};
