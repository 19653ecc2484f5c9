/** Ids that Cordon and the authors of configurations give: small letters and digits, with hyphens between. */
import { type Read, text } from './read.ts';

export const idPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export const actionTodo = 'Use the id of an action: docs/actions.md.';
export const actionId: Read<string> = text(idPattern, actionTodo);
