/** Who did it and what happened, in the words of the card. */
import { type Actor, type Fact, untrusted } from './finding.ts';

/** What is known of somebody; '' for what is not. */
interface Known {
  readonly ip?: string;
  readonly country?: string;
  readonly organisation?: string;
  readonly principal?: string;
  readonly userAgent?: string;
  readonly domain?: string;
}

/** An actor without what is not known (''). */
const actorOf = (known: Known): Actor => ({
  ...(known.ip && { ip: known.ip }),
  ...(known.country && { country: untrusted(known.country) }),
  ...(known.organisation && { organisation: untrusted(known.organisation) }),
  ...(known.principal && { principal: untrusted(known.principal) }),
  ...(known.userAgent && { userAgent: untrusted(known.userAgent) }),
  ...(known.domain && { domain: untrusted(known.domain) }),
});

/** Actors of whom something is known, each once. */
export const actorsOf = (known: readonly Known[]): readonly Actor[] => {
  const actors = known.map(actorOf).filter((actor) => Object.keys(actor).length > 0);
  return [...new Map(actors.map((actor) => [JSON.stringify(actor), actor])).values()];
};

/** One labelled line, none when there is nothing to say. */
export const fact = (label: string, ...values: readonly string[]): readonly Fact[] => {
  const value = values.filter(Boolean).join(' ');
  return value ? [{ label, value: untrusted(value) }] : [];
};
