import type { ComponentState } from '@coord/domain/component/index';
import type { ComponentRow } from '@projections/components/index';

/** A component as it goes over the wire (protocol, `Component`). */
export const componentView = ({ place: _, ...row }: ComponentRow): ComponentState => ({ ...row, updated_at: row.updated_at.toISOString() });
