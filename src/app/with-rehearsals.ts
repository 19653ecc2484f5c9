/** Real sessions for what is real; for a drill its own AWS, loaded when the first one asks for it. */
import type { AwsAccounts } from '../flows/ports.ts';
import type { Behind, Rehearsals } from './rehearsal.ts';

export const withRehearsals = (behind: Behind): AwsAccounts => {
  let loaded: Promise<Rehearsals> | undefined;
  const load = (): Promise<Rehearsals> => {
    loaded ??= import('./rehearsal.ts').then(({ rehearsals }) => rehearsals(behind));
    return loaded;
  };
  return {
    as: async ({ drill, ...wish }) =>
      drill ? (await load()).as(wish, drill) : behind.accounts.as(wish),
  };
};
