import type { GraphContext, Viewer } from './viewer.js';

/**
 * How somebody stands to a circle; docs/visibility.md says what each may read. `none`: not of its community, or it does not exist.
 * `parentLink`: member of the parent circle. `expert`: assigned now. `former`: was a member, sees nothing newer than their leaving.
 */
export type Relation = 'none' | 'community' | 'member' | 'parentLink' | 'expert' | 'former';

/** Who may read what, as the resolvers ask it. One answer a circle and request. */
export abstract class Access {
  abstract relationTo(viewer: Viewer, circleId: string, context: GraphContext): Promise<Relation>;
  /** The position of the log at which a former member last left the circle: they read nothing newer. */
  abstract leftAt(viewer: Viewer, circleId: string): Promise<string | undefined>;
}
