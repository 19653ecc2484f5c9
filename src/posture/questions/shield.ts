/** What Shield Advanced protects, where it is subscribed to. */
import { failedAs } from '../call-failed.ts';
import { consoleUrl } from '../console.ts';
import { answered, type Question, type Reader, usualMinutes } from '../question.ts';

/** Listing is allowed only to subscribers. */
const protections = async (reader: Reader): Promise<number> => {
  let found = 0;
  let token: string | undefined;
  do {
    const page = await reader.call('shield:ListProtections', {
      MaxResults: 100,
      ...(token ? { NextToken: token } : {}),
    });
    found += page.Protections?.length ?? 0;
    token = page.NextToken;
  } while (token);
  return found;
};

export const shield: Question = {
  id: 'shield',
  title: 'Shield Advanced',
  reads: ['shield:GetSubscriptionState', 'shield:ListProtections'],
  freshMinutes: usualMinutes,
  async ofEach(reader) {
    const { SubscriptionState } = await reader.call('shield:GetSubscriptionState', {});
    if (SubscriptionState !== 'ACTIVE') return answered([]);
    try {
      const protectedResources = await protections(reader);
      return answered([
        {
          label: 'resources protected by Shield Advanced',
          value: protectedResources,
          verdict: protectedResources === 0 ? 'look' : 'fine',
          link: consoleUrl('shield', reader.region),
        },
      ]);
    } catch (error) {
      if (failedAs(error, 'ResourceNotFoundException')) return answered([]);
      throw error;
    }
  },
};
