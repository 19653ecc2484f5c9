/** `/cordon`: what may I do, what is suppressed, and how to use it. */
import { answer, authorityOf, type Click } from './click.ts';
import { answerSuppressions } from './list-suppressions.ts';
import type { WorkerPorts } from './ports.ts';

const usage: readonly string[] = [
  '/cordon whoami: what you may do, and why',
  '/cordon suppressions: what is hidden now, by whom and until when',
  '/cordon suppressions end ID: alert again from now on',
  '/cordon help: this list',
  'Everything else starts with a button on a card.',
];

export const answerCommand = async (
  ports: WorkerPorts,
  click: Click,
  text: string,
): Promise<void> => {
  const [word = 'help'] = text.trim().toLowerCase().split(/\s+/);
  if (word === 'suppressions')
    return answerSuppressions(ports, click, text.trim().split(/\s+/).slice(1));
  if (word !== 'whoami') {
    const known = word === '' || word === 'help';
    return answer(ports, click, {
      title: known ? 'Cordon' : 'Cordon does not know that command',
      lines: usage,
    });
  }
  const respond = await authorityOf(ports, click.person, 'respond');
  const approve = await authorityOf(ports, click.person, 'approve');
  const line = (what: string, authority: typeof respond): string =>
    authority.kind === 'allowed'
      ? `${what}: yes, ${authority.because}`
      : `${what}: no. ${authority.because} It needs ${authority.needed}.`;
  return answer(ports, click, {
    title: 'What you may do',
    lines: [
      line('Request and undo', respond),
      line('Approve', approve),
      `You count as: ${click.person.id}`,
    ],
  });
};
