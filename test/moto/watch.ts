/** Sees every call of the clients it is given, wherever they are answered. */
import type { OnClient } from '../../src/aws/sdk-client.ts';

/** One request as the SDK was given it. */
export interface Sent {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
}

type Next = (args: { readonly input: object }) => Promise<unknown>;

/** How the SDK reports moto's HTML page for what moto does not have. */
const isHtml = (error: unknown): boolean =>
  error instanceof Error && /<!doctype|mismatched tags <html>/i.test(error.message);

export const watching = (sent: Sent[]): OnClient => {
  return (client, service) => {
    const middleware =
      (next: Next, { commandName = '' }: { readonly commandName?: string }): Next =>
      async (args) => {
        const operation = commandName.replace(/Command$/, '');
        sent.push({ service, operation, input: structuredClone(args.input) });
        try {
          return await next(args);
        } catch (error) {
          if (isHtml(error)) throw new Error(`moto does not have ${service}:${operation}`);
          throw error;
        }
      };
    const options = { step: 'initialize', priority: 'high', name: 'watch' };
    client.middlewareStack.add(middleware as never, options as never);
  };
};
