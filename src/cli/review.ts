/** `cordon review CASE`: the review of a case as Markdown, from a running local world or from a deployment. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { reviewText } from '../app/review.ts';
import type { CordonConfig } from '../config/config.ts';
import { table } from '../store/table.ts';
import { askWorld } from './ask-world.ts';

const unknown = (caseId: string): Error =>
  new Error(`there is no case ${caseId}; its id stands under every card`);

/** Asks a running local world. Throws, saying what is wrong. */
export const localReview = async (world: string, caseId: string): Promise<string> => {
  const address = new URL(`/review?case=${encodeURIComponent(caseId)}`, world);
  const response = await askWorld(address);
  const answer = (await response.json()) as { readonly markdown?: string };
  if (!response.ok || answer.markdown === undefined) throw unknown(caseId);
  return answer.markdown;
};

/** Reads both tables with the caller's own credentials and Region. Throws, saying what is wrong. */
export const deployedReview = async (
  names: { readonly cases: string; readonly requests: string },
  what: { readonly config: CordonConfig; readonly caseId: string; readonly now: number },
): Promise<string> => {
  const client = new DynamoDBClient({});
  try {
    const text = await reviewText(
      { cases: table(client, names.cases), requests: table(client, names.requests) },
      what,
    );
    if (text === undefined) throw unknown(what.caseId);
    return text;
  } finally {
    client.destroy();
  }
};
