import type { Adoption } from '../kinds/adoption.ts'
import { adoptions } from '../kinds/adoptions.ts'
import { does } from '../kinds/declaration.ts'
import { cloudKinds } from '../kinds/index.ts'
import { modeline } from '../manifest/modeline.ts'
import { isObject, type JsonObject } from '../model/json.ts'
import { shown } from '../text/shown.ts'
import { textWidth } from '../text/width.ts'

/** Longest line of a comment. */
const width = 110

/** A text as `shown`, broken into lines at spaces. */
export function wrapped(text: string): readonly string[] {
  const words = shown(text).trim().split(/\s+/u)
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && textWidth(last) + 1 + textWidth(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(lines.length === 0 ? word : `  ${word}`)
  }
  return lines
}

/** Lines as a YAML comment with a line end behind each. */
export function comment(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '#\n' : `# ${line}\n`)).join('')
}

/** True for a manifest in which something of Identity Center is declared. */
export function holdsCloud(value: JsonObject): boolean {
  return cloudKinds.some(({ adopt }) => does(adopt) && value[adopt.section] !== undefined)
}

/** What comes first in a manifest of what another program managed. */
export function handedOver(from: string): string {
  const lines = [
    `What ${from} managed of AWS IAM Identity Center, as AWS has it: "sso-reconcile init --from-terraform" wrote this.`,
    'Edit this file: "sso-reconcile plan" shows what would change, "sso-reconcile apply" changes it.',
    '',
    ...complete,
  ]
  return `${modeline}\n${comment(['', ...lines])}`
}

const complete = [
  'Removing a user, group, permission set or profile from this file does not delete it if sso-reconcile did not',
  'create it; to delete it, list it under absent. Two lists are complete, though: the members of a group, and the',
  'assignments of the permission sets that are written in full here. Whatever they leave out is removed.',
]

/** What comes first. `found` is true for a file that says what is there, false for one that says what somebody wants. */
export function heading(value: JsonObject, found = holdsCloud(value)): string {
  const lines = found
    ? [
        'AWS IAM Identity Center and the profiles of this machine, as "sso-reconcile init" found them.',
        'Edit this file: "sso-reconcile plan" shows what would change, "sso-reconcile apply" changes it.',
        '',
        ...complete,
      ]
    : ['"sso-reconcile plan" shows what would change, "sso-reconcile apply" changes it.']
  return `${modeline}\n${comment(['', ...lines])}`
}

/** What stands above each section. */
export function sectionComments(value: JsonObject): Readonly<Record<string, readonly string[]>> {
  return {
    identity_center:
      isObject(value.identity_center) && value.identity_center.start_url
        ? ['Where Identity Center is enabled. With the start URL, "apply --only local" works without credentials.']
        : ['The Region where Identity Center is (or will be) enabled; it cannot be changed later.'],
    accounts: [
      'Nicknames for account IDs. Keep the quotes: without them YAML tools read numbers and drop leading zeros.',
    ],
    ...Object.fromEntries(adoptions.flatMap((adoption) => commentOf(adoption, value))),
    ignore: ['Left alone and not reported.'],
  }
}

function commentOf({ section, comment }: Adoption, value: JsonObject): [string, readonly string[]][] {
  const written = value[section]
  const lines = written === undefined ? [] : (comment?.(written) ?? [])
  return lines.length > 0 ? [[section, lines]] : []
}
