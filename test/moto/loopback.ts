/** Servers on a free port of 127.0.0.1, and nowhere else. */
import { once } from 'node:events';
import { Server as HttpServer } from 'node:http';
import type { Server } from 'node:net';

/** The port it listens on: a free one, unless `port` says which. */
export const listening = async (server: Server, port: number = 0): Promise<number> => {
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
};

export const closed = async (server: Server): Promise<void> => {
  if (server instanceof HttpServer) server.closeAllConnections();
  await once(server.close(), 'close');
};
