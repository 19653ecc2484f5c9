/**
 * `/cordon …`: finds the command, asks for the role that it needs, and tells the person alone. Words
 * that fit no use are answered with the uses, never with silence.
 */
import { nearest } from '../../config/nearest.ts';
import { controls } from '../../slack/controls.ts';
import type { Notice } from '../../slack/modals/notice.ts';
import { allowed, answer, type Click, refuseClick } from '../click.ts';
import { isoIn, type WorkerPorts } from '../ports.ts';
import type { Command } from './command.ts';
import { commands } from './index.ts';

/** How long the button under an answer leads to the next page. */
const pageHours = 24;

const usageOf = ({ uses }: Command): Notice => ({
  title: 'Use it like this',
  lines: uses.map((use) => `/cordon ${use}`),
});

const unknown = (name: string): Notice => {
  const meant = nearest(
    name.toLowerCase(),
    commands.map((command) => command.name),
  );
  return {
    title: 'Cordon does not know that command',
    lines: [
      ...(meant ? [`Did you mean /cordon ${meant}?`] : []),
      '/cordon help lists every command.',
    ],
  };
};

/** Answers whether the person has the role; otherwise they have been told. */
const mayAsk = async (ports: WorkerPorts, click: Click, { needs }: Command): Promise<boolean> => {
  if (needs === 'nothing') return true;
  const need = needs === 'responder or approver' ? 'look' : 'respond';
  return (await allowed(ports, click, need)) !== undefined;
};

/** The button carries a token; what it asks for again is stored, for this person alone. */
const nextButton = async (ports: WorkerPorts, click: Click, text: string, page: number) => {
  const token = ports.chance.id();
  await ports.pages.keep({
    token,
    person: click.person.id,
    text,
    page,
    until: isoIn(ports.chance, pageHours * 3_600_000),
  });
  return { id: controls.next, label: 'Next', value: token };
};

/** `text` is what follows `/cordon`. */
export const answerCommand = async (
  ports: WorkerPorts,
  click: Click,
  text: string,
  page = 0,
): Promise<void> => {
  const [name = '', ...words] = text.trim().split(/\s+/);
  const command = commands.find((one) => one.name === name.toLowerCase());
  if (!command) return answer(ports, click, unknown(name));
  if (!(await mayAsk(ports, click, command))) return;
  const told = await command.answer(ports, { click, words, page });
  if (told === 'told') return;
  if (told === 'usage') return answer(ports, click, usageOf(command));
  const { hasNext, ...notice } = told;
  return answer(ports, click, {
    ...notice,
    ...(hasNext ? { next: await nextButton(ports, click, text, page + 1) } : {}),
  });
};

/** The button under an answer: the same question again, one page on. */
export const answerNextPage = async (
  ports: WorkerPorts,
  click: Click,
  token: string,
): Promise<void> => {
  const kept = await ports.pages.get(token);
  if (!kept || kept.person !== click.person.id || kept.until < isoIn(ports.chance, 0))
    return refuseClick(ports, click, {
      code: 'old-page',
      because: 'This list is too old to go on with.',
      needed: 'the command once more',
    });
  return answerCommand(ports, click, kept.text, kept.page);
};
