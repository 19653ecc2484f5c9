/** What one event is, by itself: no finding, or a finding with what is decided about it. */
import { eventKey } from '../../cases/arrivals.ts';
import { findingKey } from '../../cases/case.ts';
import type { CordonConfig } from '../../config/config.ts';
import { readEnvelope } from '../../findings/envelope.ts';
import type { Finding } from '../../findings/finding.ts';
import { parse } from '../../findings/parse.ts';
import { isSentByAws, originName } from '../../findings/services.ts';
import { decide } from '../../rules/decide.ts';
import type { Decision } from '../../rules/rule.ts';

type Ignored = { readonly kind: 'ignored'; readonly id: string; readonly because: string };
type Found = { readonly kind: 'finding'; readonly id: string; readonly finding: Finding };

export type Judgement = Ignored | (Found & { readonly decision: Decision });

/** Total: any JSON is an event. */
export const readEvent = (event: unknown): Ignored | Found => {
  const parsed = parse(event);
  if (parsed.kind === 'ignored')
    return {
      kind: 'ignored',
      id: eventKey(parsed.eventId || JSON.stringify(event)),
      because: parsed.because,
    };
  const { bus, id } = readEnvelope(event);
  if (!isSentByAws(bus, parsed.source))
    return {
      kind: 'ignored',
      id: eventKey(id),
      because: `A finding of ${originName(parsed.source)} that AWS did not send: its source is another`,
    };
  return { kind: 'finding', id: findingKey(parsed.canonicalId), finding: parsed };
};

/** `now`: milliseconds since 1970. */
export const judge = (read: Ignored | Found, config: CordonConfig, now: number): Judgement =>
  read.kind === 'ignored' ? read : { ...read, decision: decide(read.finding, config, now) };
