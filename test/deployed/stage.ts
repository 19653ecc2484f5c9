/** What people see and do at the installation in moto. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Hands, handsOf } from '../stories/hands.ts';
import { type DrawnMessage, type Screen, screenOf, wordsIn } from '../stories/screen.ts';
import type { Installation } from './installation.ts';
import { home } from './places.ts';
import { settle } from './pumps.ts';

const now = (): number => Date.now();

export interface Stage extends Screen, Hands {
  /** For the step-up page: test/stories/step-up-page.ts. */
  readonly world: Pick<Installation, 'slack'> & {
    readonly clock: { now(): number };
    stepUp(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2>;
  };
  readonly site: string;
  /** As AWS does, on the default bus: the rules of the template bring it to the security bus and the queue. */
  happens(event: object): Promise<void>;
  /** One call of a schedule, and what comes of it. */
  ticks(schedule?: 'minute' | 'digest'): Promise<void>;
  /** The card that says this. */
  cardAbout(text: string): DrawnMessage;
  /** The newest message under a card that has this control. */
  under(card: DrawnMessage, actionId: string): DrawnMessage;
  /** Everything that a card and its thread say now. */
  allOf(card: DrawnMessage): string;
}

const putEvent = async (installed: Installation, event: object): Promise<void> => {
  const { source, detail, resources, ...rest } = JSON.parse(JSON.stringify(event));
  const { FailedEntryCount } = await new EventBridgeClient(installed.owner(home)).send(
    new PutEventsCommand({
      Entries: [
        {
          Source: source,
          DetailType: rest['detail-type'],
          Detail: JSON.stringify(detail),
          Resources: resources,
        },
      ],
    }),
  );
  if (FailedEntryCount !== 0) throw new Error('the bus did not take the event');
};

export const stageOf = (installed: Installation): Stage => {
  const { pumps, slack, functions } = installed;
  const screen = screenOf({ slack });
  const hands = handsOf(
    {
      slack,
      clock: { now, moveTo: () => undefined },
      async gesture(sent) {
        if (!sent) return { status: 200, body: '' };
        const answer = await functions.web.lambda.invoke(sent.event);
        const outcome = sent.settle(answer as Parameters<typeof sent.settle>[0]);
        await settle(pumps);
        return outcome;
      },
    },
    screen,
  );
  const drawn = ({ ts }: DrawnMessage): DrawnMessage => {
    const found = screen.posts().find((post) => post.ts === ts);
    if (!found) throw new Error(`there is no message ${ts}`);
    return found;
  };
  return {
    ...screen,
    ...hands,
    site: 'https://api.example.com',
    world: {
      slack,
      clock: { now },
      async stepUp(event) {
        const answer = await functions['step-up'].lambda.invoke(event);
        await settle(pumps);
        return answer as APIGatewayProxyStructuredResultV2;
      },
    },
    async happens(event) {
      await putEvent(installed, event);
      await settle(pumps);
    },
    async ticks(schedule = 'minute') {
      await functions.tick.lambda.invoke({ schedule });
      await settle(pumps);
    },
    cardAbout(text) {
      const found = screen.cards().findLast(({ blocks }) => wordsIn(blocks).includes(text));
      if (!found) throw new Error(`no card says ${text}`);
      return found;
    },
    under(card, actionId) {
      const found = drawn(card).replies.findLast((one) => screen.controls(one).includes(actionId));
      if (!found) throw new Error(`no message with ${actionId}`);
      return found;
    },
    allOf(card) {
      const now = drawn(card);
      return wordsIn([now.blocks, ...now.replies.map(({ blocks }) => blocks)]);
    },
  };
};
