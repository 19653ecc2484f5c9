/** The part of the configuration that says which accounts and units there are, and where response is on. */
import {
  accountPattern,
  accountTodo,
  organisationalUnit,
  unitPattern,
  unitTodo,
} from './aws-ids.ts';
import type { ConfigProblem } from './config-error.ts';
import { actionId } from './own-ids.ts';
import { dictionaryOf, flag, listOf, optional, type Read, shape, text } from './read.ts';

export interface AccountSettings {
  readonly name: string;
  /** False: findings are shown, but no action is planned there. When left out, as its unit says, else false. */
  readonly response?: boolean | undefined;
  /** With `response`: only these actions, by id. When left out, those of its unit, else all. */
  readonly actions?: readonly string[] | undefined;
  /**
   * Its organisational unit, as a path of names (`workloads/prod`), for routes and `units`. Read from
   * Organizations when left out and `deployment.organization` is set.
   */
  readonly ou?: string | undefined;
  /** Whom to ask about it, in words, by mail address or Slack id; by its tag `ownerTag` when left out. */
  readonly owner?: string | undefined;
}

/** An account as it is in force: also what Organizations told of it (src/config/with-organization.ts). */
export interface KnownAccount extends AccountSettings {
  /** Why nothing is done there although the configuration might allow it: a sentence. */
  readonly observed?: string;
  /** Why the read role cannot be assumed there, without a full stop. */
  readonly unreached?: string;
}

/** What holds for the accounts of an organisational unit and those below it. */
export interface UnitSettings {
  /** Whether its accounts may be changed at all. */
  readonly response?: boolean | undefined;
  /** By id; none means that its accounts are only observed. */
  readonly actions?: readonly string[] | undefined;
}

const account: Read<AccountSettings> = shape({
  name: text(/\S/, 'Give the account a name that people know it by.'),
  response: optional<boolean | undefined>(flag, undefined),
  actions: optional<readonly string[] | undefined>(listOf(actionId), undefined),
  ou: optional<string | undefined>(organisationalUnit, undefined),
  owner: optional<string | undefined>(
    text(/^(?=.*\S).{1,256}$/, 'Use a name, mail address or Slack id of at most 256 letters.'),
    undefined,
  ),
});

const unit: Read<UnitSettings> = shape({
  response: optional<boolean | undefined>(flag, undefined),
  actions: optional<readonly string[] | undefined>(listOf(actionId), undefined),
});

export const accounts: Read<Readonly<Record<string, AccountSettings>>> = dictionaryOf(
  accountPattern,
  accountTodo,
  account,
);

export const units: Read<Readonly<Record<string, UnitSettings>>> = optional(
  dictionaryOf(unitPattern, unitTodo, unit),
  {},
);

export const unitProblems = (found: {
  readonly units: Readonly<Record<string, UnitSettings>>;
}): readonly ConfigProblem[] =>
  Object.entries(found.units).flatMap(([path, { response, actions }]) =>
    response === undefined && actions === undefined
      ? [
          {
            path: `units.${path}`,
            problem: 'says nothing',
            remedy: 'Set response, actions or both.',
          },
        ]
      : [],
  );
