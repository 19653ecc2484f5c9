/** The floor: node, the runtime loop, and nothing. */
export const handler = async () => ({ statusCode: 200, body: '' });
