/**
 * Pages of CloudTrail's look-up. Those that are read when the time is up are noted, and the next try goes on
 * after them: however much there is, a gathering comes to its end.
 */
import type { LookupAttribute } from '@aws-sdk/client-cloudtrail';
import { sha256 } from '../../audit/chain.ts';
import { CallFailed, inWords } from '../../posture/call-failed.ts';
import type { Reader } from '../../posture/question.ts';
import type { Looking } from '../source.ts';
import { type TrailEvent, trailEvent } from '../trail-event.ts';

/** Pages of 50 that one look-up reads in one Region. */
const mostPages = 3;
const pageSize = 50;

/** What CloudTrail can be asked for: one attribute at a time. */
export interface Attribute {
  readonly by: 'AccessKeyId' | 'Username' | 'ResourceName';
  readonly value: string;
}

/** Milliseconds since 1970. */
interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Pages {
  /** The newest first. */
  readonly events: readonly TrailEvent[];
  /** Why CloudTrail has more, or may have, than were read; goes on after `ended at 150 events, `. */
  readonly stopped?: string;
}

interface Page {
  readonly events: readonly TrailEvent[];
  readonly next?: string;
}

export interface PageReader {
  /** Throws `CallFailed` where not even the first page is had, `AskAgain` when there is no time left. */
  read(reader: Reader, attribute: Attribute, span: Span): Promise<Pages>;
  /** Notes what was read, for the next try. */
  keep(): Promise<void>;
}

export const pageReader = (looking: Looking): PageReader => {
  const read = new Map<string, string>();

  const ask = async (
    reader: Reader,
    { by, value }: Attribute,
    { from, to }: Span,
    token: string | undefined,
  ): Promise<Page> => {
    const attribute: LookupAttribute = { AttributeKey: by, AttributeValue: value };
    const { Events = [], NextToken } = await reader.call('cloudtrail:LookupEvents', {
      LookupAttributes: [attribute],
      StartTime: new Date(from),
      EndTime: new Date(to),
      MaxResults: pageSize,
      ...(token ? { NextToken: token } : {}),
    });
    return {
      events: Events.flatMap((one) => trailEvent(one, reader.region) ?? []),
      ...(NextToken ? { next: NextToken } : {}),
    };
  };

  const page = async (name: string, fresh: () => Promise<Page>): Promise<Page> => {
    const noted = looking.isFirstTry ? undefined : await looking.noted(name);
    if (noted) return JSON.parse(noted) as Page;
    const found = await fresh();
    read.set(name, JSON.stringify(found));
    return found;
  };

  return {
    async read(reader, attribute, span) {
      const { account, region } = reader;
      // The span is in the name: a token only goes on with the question that it was given for.
      const all = sha256(JSON.stringify([account, region, attribute, span])).slice(0, 24);
      const events: TrailEvent[] = [];
      let token: string | undefined;
      for (let n = 0; n < mostPages; n += 1) {
        try {
          const found = await page(`page-${all}-${n}`, () => ask(reader, attribute, span, token));
          events.push(...found.events);
          token = found.next;
        } catch (error) {
          if (n === 0 || !(error instanceof CallFailed)) throw error;
          return { events, stopped: inWords(error) };
        }
        if (!token) return { events };
      }
      return { events, stopped: 'there are more' };
    },
    async keep() {
      await Promise.all([...read].map(([name, text]) => looking.note(name, text)));
    },
  };
};
