/** For an option that may be given several times, each with one value: the values, in order. */
export const many = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];
