import type { Application, Manifest } from '../../manifest/types.ts'

/** True for a list of names that is there and not empty. */
export function has(list: readonly unknown[] | undefined): boolean {
  return list !== undefined && list.length > 0
}

/** True for a section in which something is declared in full, so that it may be written. */
export function declaresOwn(section: Readonly<Record<string, { readonly external?: boolean }>> = {}): boolean {
  return Object.values(section).some(({ external }) => !external)
}

/** True for a manifest that can lead to changes of permission sets. An empty section prunes, so that it can lead to deletes. */
export function writesSets({ permission_sets, absent }: Manifest): boolean {
  const empty = permission_sets !== undefined && Object.keys(permission_sets).length === 0
  return empty || declaresOwn(permission_sets) || has(absent?.permission_sets)
}

/** True for a manifest after which somebody may hold less: whoever goes, or is revoked. */
export function takesFromSomebody(manifest: Manifest): boolean {
  return has(manifest.absent?.users) || has(manifest.absent?.groups) || revokes(manifest)
}

/** True for an application of which the manifest says who is assigned. */
export function listsPrincipals(application: Application | undefined): boolean {
  return (application?.users ?? application?.groups) !== undefined
}

/** Users that a manifest protects. */
export function protectedUsers({ users = {} }: Manifest): readonly string[] {
  return Object.entries(users).flatMap(([name, { protect }]) => (protect ? [name] : []))
}

/** True for a manifest that protects a user or a group. */
export function protectsSomebody({ users = {}, groups = {} }: Manifest): boolean {
  return [...Object.values(users), ...Object.values(groups)].some(({ protect }) => protect)
}

/** True for a manifest that revokes somebody's access. */
export function revokes({ revoked = {} }: Manifest): boolean {
  return Object.keys(revoked).length > 0
}
