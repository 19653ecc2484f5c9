/** A function that dies before one of its writes, as a Lambda does that is cut off. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { SQSEvent } from 'aws-lambda';
import type { LocalWorldOptions } from '../../src/local/local-world.ts';
import type { Play } from './play.ts';

/** From one kill to the next, so that `npm test` stays quick; `CORDON_EVERY_KILL=1` leaves none out. */
export const strideOf = (quick: number): number => (process.env['CORDON_EVERY_KILL'] ? 1 : quick);

const never = (): Promise<void> => new Promise(() => {});

/** Kills one invocation of this function before its write of this number, counted from `arm` on. */
export const killer = (name: 'ingest' | 'worker', nth: number) => {
  const inside = new AsyncLocalStorage<{ dead: boolean; readonly kill: () => void }>();
  let armed = false;
  let writes = 0;
  let killed = false;
  const wrap: NonNullable<LocalWorldOptions['wrap']> = (functions) => ({
    ...functions,
    [name]: (input: SQSEvent) =>
      new Promise((resolve, reject) => {
        const kill = () => reject(new Error('killed'));
        inside.run({ dead: false, kill }, () => functions[name](input).then(resolve, reject));
      }),
  });
  return {
    wrap,
    killed: () => killed,
    arm(world: Play['world']): void {
      armed = true;
      const strike = world.aws.faults.strike.bind(world.aws.faults);
      world.aws.faults.strike = async (service, operation) => {
        const invocation = inside.getStore();
        if (!invocation || !armed) return strike(service, operation);
        if (invocation.dead) return never();
        if (/^dynamodb:(Put|Update|Delete)Item$/.test(`${service}:${operation}`)) writes += 1;
        if (killed || writes < nth) return strike(service, operation);
        killed = true;
        invocation.dead = true;
        invocation.kill();
        return never();
      };
    },
  };
};
