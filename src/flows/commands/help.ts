/** `/cordon help`: every command in one line. */
import type { Answer, Command } from './command.ts';

const lineOf = ({ uses, summary }: Command): string => `/cordon ${uses[0]}: ${summary}`;

/** `others` are the commands that it lists besides itself. */
export const helpOn = (others: readonly Command[]): Command => {
  const help: Command = {
    name: 'help',
    uses: ['help', 'help COMMAND'],
    summary: 'this list, or the uses of one command',
    needs: 'nothing',
    answer: async (_, { words: [name] }): Promise<Answer> => {
      const all = [...others, help];
      const one = all.find((command) => command.name === name?.toLowerCase());
      return {
        title: one ? `/cordon ${one.name}` : 'What you can ask',
        lines: one
          ? [`${one.summary}.`, ...one.uses.map((use) => `/cordon ${use}`)]
          : [...all.map(lineOf), 'Everything else starts with a button on a card.'],
      };
    },
  };
  return help;
};
