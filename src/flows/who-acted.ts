/** Who did something in Slack, and whether it was done where only our own people read along. */
import { channelPattern } from '../config/slack-ids.ts';
import { personOf } from '../requests/person.ts';
import type { SlackPerson } from '../slack/interaction.ts';
import { type Click, type Refused, refuseClick } from './click.ts';
import type { WorkerPorts } from './ports.ts';

/** A person whose team is unknown, or who acted in another organisation, belongs to no workspace of ours. */
const teamOf = (
  { config }: Pick<WorkerPorts, 'config'>,
  { user, ...acted }: { readonly user: SlackPerson; readonly enterprise?: string | undefined },
): string => {
  if (user.stranger) return 'stranger';
  // Events and what is written in threads do not name the organisation.
  if (config.enterprise && 'enterprise' in acted && acted.enterprise !== config.enterprise)
    return 'stranger';
  return user.team ?? 'unknown';
};

export const clickOf = async (
  ports: WorkerPorts,
  digestOf: string,
  acted: { readonly user: SlackPerson; readonly enterprise?: string | undefined },
): Promise<Click> => {
  const { user } = acted;
  const team = teamOf(ports, acted);
  const person = personOf(ports.config.identities, team, user.id);
  const standing = await ports.directory.standing(person);
  return {
    person: standing.kind === 'known' ? { ...person, name: standing.name } : person,
    digest: digestOf,
  };
};

const placeRefusal = async (
  { directory }: Pick<WorkerPorts, 'directory'>,
  channel: string,
): Promise<Refused | undefined> => {
  try {
    return (await directory.shared(channel))
      ? {
          code: 'shared-channel',
          because: 'Another organisation reads this channel (Slack Connect).',
          needed:
            'the card in a channel of your own organisation only; set one in cordon.config.ts',
        }
      : undefined;
  } catch {
    return {
      code: 'lookup-failed',
      because: 'Slack could not tell who else reads this channel, so the answer is no.',
      needed: 'a Slack look-up that works; press again in a minute',
    };
  }
};

/** Buttons work only where nobody of another organisation reads along. Answers true when that was told. */
export const sharedChannel = async (ports: WorkerPorts, click: Click): Promise<boolean> => {
  if (!click.channel || !channelPattern.test(click.channel)) return false;
  const refused = await placeRefusal(ports, click.channel);
  if (refused) await refuseClick(ports, click, refused);
  return refused !== undefined;
};
