import { isAsWritten, takenAway } from '../../local/aws-config/as-written.ts'
import {
  type ConfigDocument,
  type ConfigSection,
  parseConfig,
  sectionTrouble,
} from '../../local/aws-config/document.ts'
import { editConfig } from '../../local/aws-config/edit.ts'
import { flatValues } from '../../local/aws-config/nested.ts'
import { awsConfigPath } from '../../local/aws-config/paths.ts'
import type { SectionEdit } from '../../local/aws-config/section-edit.ts'
import { type Address, address, nameOf } from '../../model/address.ts'
import type { Operation } from '../../model/operation.ts'
import { mayBeSecret } from '../../model/setting.ts'
import type { SectionSpec } from '../../model/specs.ts'
import type { Entry } from '../../model/state.ts'
import { plural } from '../../text/count.ts'
import { listed } from '../../text/list.ts'
import type { LocalFile } from '../local-file.ts'

type SectionKindName = 'profile' | 'sso-session'

/** `~/.aws/config`: sessions and profiles in one text. */
export const awsConfig: LocalFile = {
  name: 'aws-config',
  path: ({ env, home }) => awsConfigPath(env, home),
  newMode: 0o600,
  concerns({ local, absent }) {
    const { sso_session, profiles, generate } = local ?? {}
    const named = [...(absent?.profiles ?? []), ...(absent?.sso_sessions ?? [])]
    if (sso_session !== undefined || profiles || generate || named.length > 0) return 'yes'
    return local ? 'maybe' : 'no'
  },
  isOurs: (text, file) => isAsWritten(parseConfig(text, file), isOwnKey),
  takesAway: (text, operations, owner, file) =>
    takenAway(
      parseConfig(text, file),
      operations.map((operation) => sectionEdit(operation, owner)),
      isOwnKey,
    ),
  edit: (text, operations, owner, file) =>
    editConfig(
      text,
      operations.map((operation) => sectionEdit(operation, owner)),
      file,
    ),
}

// What the AWS CLI writes, in its order; other keys follow in the manifest's order.
const keyOrder = [
  'sso_session',
  'sso_account_id',
  'sso_role_name',
  'sso_start_url',
  'sso_region',
  'sso_registration_scopes',
  'source_profile',
  'role_arn',
  'external_id',
  'mfa_serial',
  'role_session_name',
  'duration_seconds',
  'region',
  'output',
]

// Of these it must be known that they are there; what a program is called with is nobody's to see.
const telling = new Set(['credential_source', 'web_identity_token_file'])
const notShown = '(not shown)'

/**
 * Live sections of one kind; those that AWS tools read differently say so, with the values of all their spellings. Throws a Refusal when
 * the AWS CLI could not read the text.
 */
export function readSections<K extends SectionKindName>(kind: K, text: string, file: string): Map<Address, Entry<K>> {
  const document = parseConfig(text, file)
  const names = document.sections.filter((one) => one.kind === kind).map((one) => one.name)
  return new Map([...new Set(names)].map((name) => [address(kind, name), entryOf(document, kind, name)]))
}

function entryOf<K extends SectionKindName>(document: ConfigDocument, kind: K, name: string): Entry<K> {
  const sections = document.index.get(`${kind}/${name}`) ?? []
  const readings = sections.map((section) => specOf(document, section))
  const spec: SectionSpec = Object.assign({}, ...readings)
  const mark = sections.find((section) => section.mark)?.mark
  const extras = [...new Set(sections.flatMap((section) => extrasOf(document, section)))]
  const odd = sectionTrouble(document, kind, name)
  const rest = { ...(mark ? { mark } : {}), ...(extras.length > 0 ? { extras } : {}) }
  return { spec, ...rest, ...(odd ? { odd, readings } : {}) }
}

function specOf({ lines }: ConfigDocument, section: ConfigSection): SectionSpec {
  const shown = [...flatValues(lines, section)].flatMap(([key, value]) => {
    if (telling.has(key)) return [[key, value]]
    if (key === 'credential_process') return [[key, notShown]]
    return mayBeSecret(key) ? [] : [[key, value]]
  })
  return Object.fromEntries(shown)
}

/** Keys that only a person or the manifest's `settings` can have put there, and comments. */
function extrasOf({ lines }: ConfigDocument, { options, first, last }: ConfigSection): string[] {
  const keys = [...options.keys()].filter((key) => !keyOrder.includes(key))
  const comments = lines.slice(first, last + 1).filter(({ role }) => role === 'comment').length
  return [...keys, ...(comments > 0 ? [plural(comments, 'comment')] : [])]
}

/** What goes with a section that is deleted, as a sentence; undefined where that is nothing but what the tool writes. */
export function lostWith({ extras = [] }: Entry): string | undefined {
  if (extras.length === 0) return undefined
  return `also removes lines that sso-reconcile did not write: ${listed(extras, 6)}; a backup of the file is kept`
}

/** True for keys whose values say nothing but what the tool itself writes; others of a section that goes are not repeated. */
export function isOwnKey(key: string): boolean {
  return keyOrder.includes(key)
}

function sectionEdit({ kind, address: at, verb, fields, after }: Operation, owner: string): SectionEdit {
  const section = { kind: kind as SectionKindName, name: nameOf(at) }
  if (verb === 'delete') return { ...section, verb }
  if (verb === 'create') return { ...section, verb, owner, set: inOrder(after as SectionSpec) }
  const set = fields.flatMap(({ path, after: value }) => (value === undefined ? [] : [[path, String(value)]]))
  const unset = fields.flatMap(({ path, after: value }) => (value === undefined ? [path] : []))
  return { ...section, verb, set: inOrder(Object.fromEntries(set)), unset }
}

function inOrder(spec: SectionSpec): SectionSpec {
  const rank = (key: string) => (keyOrder.includes(key) ? keyOrder.indexOf(key) : keyOrder.length)
  return Object.fromEntries(Object.entries(spec).sort(([a], [b]) => rank(a) - rank(b)))
}
