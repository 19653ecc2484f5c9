/**
 * A synthetic finding goes the whole way from the intake queue to a card in Slack. Then it is over at its
 * source, and its card is removed. It says that it is a sample, so that no action can be planned for it.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { named } from '../../../app/names.ts';
import { findingKey } from '../../../cases/case.ts';
import { casesTable } from '../../../store/cases-table.ts';
import { table } from '../../../store/table.ts';
import { broken, type Check, fine, type Verdict } from '../check.ts';
import type { Site } from '../site.ts';
import { rehearsalEvent, rehearsalId } from './rehearsal-event.ts';
import { sqsClient } from './storage.ts';

const patienceMs = 60_000;
const lookEveryMs = 1000;

/** Asks until there is an answer; undefined when there was none in a minute. */
const eventually = async <T>(
  site: Site,
  ask: () => Promise<T | undefined>,
): Promise<T | undefined> => {
  const end = site.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || site.now() >= end) return answer;
    await site.sleep(lookEveryMs);
  }
};

interface Card {
  readonly caseId: string;
  readonly channel: string;
  readonly ts: string;
  readonly drawn: string;
  /** Nothing else is in its case, so that removing it hides nothing. */
  readonly alone: boolean;
}

const cardOf = async (
  cases: ReturnType<typeof casesTable>,
  key: string,
): Promise<Card | undefined> => {
  const caseId = (await cases.groups.claims([key])).get(key)?.case;
  const theCase = caseId ? await cases.get(caseId) : undefined;
  const shown = caseId ? (await cases.shown(caseId)).messages['card'] : undefined;
  if (!theCase || !shown) return undefined;
  return {
    caseId: theCase.id,
    channel: shown.channel ?? theCase.channel,
    ts: shown.ts,
    drawn: shown.drawn,
    alone: Object.keys(theCase.findings).length === 1,
  };
};

const stuck = broken(
  'a synthetic finding did not become a card within a minute',
  'Look at the logs of cordon-ingest and cordon-notify, and at the check `queues`.',
);

/** Its edit has to be over before it can be removed for good. */
const remove = async (site: Site, edited: Card | undefined, card: Card): Promise<Verdict> => {
  const { channel, ts } = edited ?? card;
  const { body } = await site.slack('chat.delete', { channel, ts });
  if (body['ok'] !== true)
    return broken(
      `the card of the synthetic finding is in ${channel}, but could not be removed: ${body['error']}`,
      'Delete it by hand; it says that it is a sample.',
    );
  return edited
    ? fine('a synthetic finding became a card, was over, and its card is removed')
    : broken(
        'the end of the synthetic finding was not drawn within a minute; its card is removed',
        'Look at the log of cordon-notify.',
      );
};

export const journey: Check<Site> = {
  id: 'journey',
  needs: ['functions', 'tables', 'queues', 'slack-token', 'slack-channels'],
  async look(site) {
    const { casesTable: name } = await site.deployment();
    const cases = casesTable(table(new DynamoDBClient(site.aws), name));
    const sqs = sqsClient(site.aws);
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: named('ingest') }));
    const id = rehearsalId(site.newId());
    const send = (archived: boolean) =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: JSON.stringify(
            rehearsalEvent(site.config, { id, archived, now: site.now() }),
          ),
        }),
      );
    await send(false);
    const event = rehearsalEvent(site.config, { id, archived: false, now: site.now() });
    const key = findingKey(event.detail.arn);
    const card = await eventually(site, () => cardOf(cases, key));
    if (!card) return [stuck];
    if (!card.alone)
      return [
        broken(
          `the synthetic finding joined case ${card.caseId}, whose card stays`,
          'A rule of yours groups findings of the security account. Split it off the case.',
        ),
      ];
    await send(true);
    const edited = await eventually(site, async () => {
      const now = await cardOf(cases, key);
      return now && now.drawn !== card.drawn ? now : undefined;
    });
    return [await remove(site, edited, card)];
  },
};
