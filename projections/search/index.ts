export * from './search.projection';
export { queryOf } from './words';
