import type { KindName } from '../model/specs.ts'

/** How much of a permission set is read: its name and header, besides that what it allows, or all of it. */
export type Depth = 'header' | 'rights' | 'whole'

/** How much of what is live a look reads. */
export interface Scope {
  depthOf(set: { readonly name: string; readonly mark: string | undefined }): Depth
  /** False where nobody asks whose the permission sets are. */
  readonly marks: boolean
  /** True for a group whose members are read. */
  membersOf(group: string): boolean
  /** True for a user or a group whose memberships and assignments are read wherever they are. */
  everythingOf(type: 'user' | 'group', name: string): boolean
  /** Assignments: of the permission sets that are read in full, all there are, or all in some accounts by their ids. */
  readonly assignments: 'of sets' | 'all' | readonly string[]
  /** Whose assignments of applications are read: nobody's, those that the manifest declares, or all. */
  readonly applications: 'none' | 'declared' | 'all'
  /** True where settings of the instance are read that the manifest does not speak of. */
  readonly settings: boolean
  /** True where enterprise attributes of users are read that the manifest does not speak of. */
  readonly extensions: boolean
  /**
   * True for a kind that the look is about: what AWS does not tell of it is a reason to stop where the manifest declares it. Of any other
   * kind it is done without, and is unknown.
   */
  mustKnow(kind: KindName): boolean
  /** Read what the cheaper ways cannot see: assignments whose principal is gone. */
  readonly thorough: boolean
}
