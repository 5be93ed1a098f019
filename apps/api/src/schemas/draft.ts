/** The dialect of JSON Schema in which the coordinator protocol's documents are described. */
export const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
