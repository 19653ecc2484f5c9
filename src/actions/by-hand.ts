/** The commands with which a person does what a plan says, where Cordon may not. */
import type { Resource, ResourceKind } from '../findings/finding.ts';
import type { Plan } from './action.ts';
import { actionById } from './index.ts';
import { partsOf } from './parts.ts';

/** The word that stands for what the action works on; other words are told by the commands before it. */
const placeholder: Readonly<Partial<Record<ResourceKind, string>>> = {
  'access-key': 'KEY',
  account: 'ACCOUNT',
  bucket: 'BUCKET',
  database: 'DATABASE',
  function: 'FUNCTION',
  instance: 'INSTANCE',
  role: 'ROLE',
  secret: 'SECRET',
  user: 'USER',
};

/** What no shell reads as anything but text. An id may come from an attacker, and this is to be pasted. */
const harmless = /^[\w+=,.@:/-]{1,300}$/;

const filledIn = (line: string, { kind, id }: Resource): string => {
  const word = placeholder[kind];
  return word && harmless.test(id)
    ? line.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), () => id)
    : line;
};

/** One part of the plan after the other: of a playbook each of its actions. */
export const byHand = (
  plan: Plan,
): readonly { readonly title: string; readonly commands: readonly string[] }[] =>
  partsOf(plan).flatMap((part) => {
    const action = actionById(part.plan.action);
    return action
      ? [
          {
            title: part.plan.summary,
            commands: action.byHand.map((line) => filledIn(line, part.plan.target)),
          },
        ]
      : [];
  });
