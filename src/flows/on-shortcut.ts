/** What people choose in the menu of a message: look for what it names, or add it to a case. */
import { wordsToFind } from '../cases/about.ts';
import type { MessageAction } from '../slack/interaction.ts';
import { offerAddMessage } from './case/add-message.ts';
import { allowed, answer, type Click } from './click.ts';
import { foundAbout } from './commands/find.ts';
import type { WorkerPorts } from './ports.ts';

/** Each of `messageShortcuts` in src/slack/heard.ts. */
export const onShortcut = async (
  ports: WorkerPorts,
  click: Click,
  message: MessageAction,
): Promise<void> => {
  const placed: Click = { ...click, channel: message.channel, externalId: click.digest };
  if (message.callbackId === 'add-to-case') return offerAddMessage(ports, placed, message);
  if (!(await allowed(ports, placed, 'look'))) return;
  const words = wordsToFind(message.text);
  await answer(
    ports,
    placed,
    words.length > 0
      ? await foundAbout(ports, words, 0)
      : {
          title: 'There is nothing to look for',
          lines: [
            'The text names no access key, address, ARN, instance or other id of AWS.',
            '/cordon find looks for names too.',
          ],
        },
  );
};
