/**
 * `cordon suppressions`: those in force in a deployment, as JSON; `replay` and `explain` read it back, so
 * that they say what would be hidden.
 */
import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { severities } from '../findings/finding.ts';
import type { ScopedSuppression } from '../rules/suppression.ts';
import { suppressions } from '../store/suppressions.ts';
import { table } from '../store/table.ts';

/** Reads the cases table with the caller's own credentials and Region. */
export const deployedSuppressions = async (name: string, now: string): Promise<string> => {
  const client = new DynamoDBClient({});
  try {
    return JSON.stringify(await suppressions(table(client, name)).active(now), null, 2);
  } finally {
    client.destroy();
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const texts = ['id', 'reason', 'by', 'owner', 'createdAt', 'until', 'request'] as const;

const isSuppression = (value: unknown): value is ScopedSuppression =>
  isRecord(value) &&
  texts.every((field) => typeof value[field] === 'string') &&
  isRecord(value['scope']) &&
  Array.isArray(value['actors']) &&
  severities.some((severity) => severity === value['ceiling']);

/** Throws, naming the file and the place in it, when it is not what `cordon suppressions` prints. */
export const suppressionsIn = (file: string): readonly ScopedSuppression[] => {
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(
      `${file} cannot be read as JSON (${error instanceof Error ? error.message : 'unknown error'}); write it with: cordon suppressions > ${file}`,
    );
  }
  const list = Array.isArray(found) ? found : [found];
  const wrong = list.findIndex((one) => !isSuppression(one));
  if (wrong >= 0)
    throw new Error(
      `${file}: entry ${wrong + 1} is no suppression; write the file with: cordon suppressions > ${file}`,
    );
  return list;
};
