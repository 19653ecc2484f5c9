/** A running local world that is asked over HTTP. */

/** Its answer, whatever its status. Throws, saying what to do, where nobody listens. */
export const askWorld = async (address: URL, request?: RequestInit): Promise<Response> => {
  const response = await fetch(address, request).catch(() => undefined);
  if (!response)
    throw new Error(`nobody answers at ${address}. Is the local world running (npm start)?`);
  return response;
};
