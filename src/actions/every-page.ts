/** Every page of a list that names the next one by a token. */
export const everyPage = async <P>(
  read: (token: string | undefined) => Promise<P>,
  next: (page: P) => string | undefined,
): Promise<readonly P[]> => {
  const pages: P[] = [];
  let token: string | undefined;
  do {
    const page = await read(token);
    pages.push(page);
    token = next(page);
  } while (token);
  return pages;
};
