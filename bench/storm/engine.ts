/** dynalite, in memory, asked without a socket in between. */
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import dynalite from 'dynalite';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export type Ask = (headers: IncomingHttpHeaders, body: string) => Promise<Answer>;

/** Each engine has tables of its own. */
export const startEngine = (): Ask => {
  const engine = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const [answering] = engine.listeners('request');
  return (headers, body) =>
    new Promise((resolve) => {
      const request = Object.assign(Readable.from([Buffer.from(body)]), {
        method: 'POST',
        url: '/',
        headers,
      });
      const response = {
        statusCode: 200,
        setHeader: () => {},
        end(text: string) {
          resolve({ status: this.statusCode, body: text });
        },
      };
      answering?.call(engine, request, response);
    });
};
