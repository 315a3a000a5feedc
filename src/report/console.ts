import type { ConsoleLinks } from '../console/links.ts'
import type { JsonObject } from '../model/json.ts'
import { listed } from '../text/list.ts'
import { shown, shownIn } from '../text/shown.ts'

/** The links alone, a line each, so that another program can take them. Pure. */
export function consoleText({ signIn, role }: ConsoleLinks): string {
  return [signIn.url, ...(role?.url ? [role.url] : [])].map((line) => `${shown(line)}\n`).join('')
}

/** What a person has to know about the links of a role that is taken through another profile; nothing where one signs in. Pure. */
export function consoleNotes(links: ConsoleLinks): readonly string[] {
  const { profile, signIn, role } = shownIn(links)
  if (!role) return []
  const first = `${profile} is a role assumed through ${signIn.profile}: open the first link and sign in`
  const then = role.url ? ', then the second, which switches to the role' : ''
  const obstacles = role.obstacles.length > 0 ? [`The console may refuse this: ${listed(role.obstacles)}.`] : []
  return [`${first}${then}.`, ...obstacles]
}

/** The same as data. Pure. */
export function consoleJson({ profile, signIn, role }: ConsoleLinks, toolVersion: string): JsonObject {
  return {
    format_version: 1,
    tool_version: toolVersion,
    profile,
    account: signIn.account,
    permission_set: signIn.role,
    url: signIn.url,
    ...(role
      ? {
          source: signIn.profile,
          role_arn: role.arn,
          ...(role.url ? { switch_url: role.url } : {}),
          ...(role.obstacles.length > 0 ? { obstacles: role.obstacles } : {}),
        }
      : {}),
  }
}
