/** The first `most` names and how many were left out: `a, b and 3 more`. */
export const andMore = (names: readonly string[], most: number, between = ', '): string => {
  const more = names.length - most;
  return `${names.slice(0, most).join(between)}${more > 0 ? ` and ${more} more` : ''}`;
};
