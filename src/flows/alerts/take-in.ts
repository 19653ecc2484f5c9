/** What lies in the intake queue: events of AWS, decided together, and those of drills, one by one. */
import { type DrillEvent, drillEventIn } from '../drill/drill-event.ts';
import { type Handled, type HandleEventsPorts, handleEvents } from './handle-events.ts';

/** `rehearsed`: a drill's; no figure counts it. */
export type TakenIn =
  | Handled
  | { readonly kind: 'rehearsed'; readonly id: string; readonly case: string };

const rehearse = async (ports: HandleEventsPorts, drill: DrillEvent): Promise<TakenIn> => {
  const { id } = drill.mark;
  try {
    // Loaded when the first drill comes: what is real does without it.
    const { openDrill } = await import('../drill/open-drill.ts');
    const opened = await openDrill(ports, drill);
    return opened
      ? { kind: 'rehearsed', id, case: opened }
      : {
          kind: 'ignored',
          id,
          because: 'The event of a drill that the configuration shows no card for',
        };
  } catch (error) {
    return { kind: 'failed', id, because: error instanceof Error ? error.name : 'unknown' };
  }
};

/** Answers what became of each message, in their order; throws as `handleEvents` does. */
export const takeIn = async (
  ports: HandleEventsPorts,
  messages: readonly unknown[],
  again = false,
): Promise<readonly TakenIn[]> => {
  const drills = messages.map(drillEventIn);
  const events = messages.filter((_, place) => !drills[place]);
  const handled = events.length > 0 ? await handleEvents(ports, events, again) : [];
  const rest = handled.values();
  const taken: TakenIn[] = [];
  for (const drill of drills) {
    const one = drill ? await rehearse(ports, drill) : rest.next().value;
    if (one) taken.push(one);
  }
  return taken;
};
