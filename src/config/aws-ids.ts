/** Account ids and regions of AWS. */
import { type Read, text } from './read.ts';

export const accountPattern = /^\d{12}$/;
export const accountTodo = 'Use the twelve digits of an AWS account id.';
export const accountId: Read<string> = text(accountPattern, accountTodo);

export const region: Read<string> = text(
  /^[a-z]{2,4}(-[a-z]+)+-\d+$/,
  'Use a region such as eu-west-1.',
);

/** A path of names or ids (`ou-ab12-…`), for routes. */
export const unitPattern = /^[^/\s][^/]*(\/[^/]+)*$/;
export const unitTodo = 'Use the path of an organisational unit, such as workloads/prod.';
export const organisationalUnit: Read<string> = text(unitPattern, unitTodo);
