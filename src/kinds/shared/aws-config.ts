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
  'region',
  'output',
]

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
  const odd = sectionTrouble(document, kind, name)
  return { spec, ...(mark ? { mark } : {}), ...(odd ? { odd, readings } : {}) }
}

function specOf({ lines }: ConfigDocument, section: ConfigSection): SectionSpec {
  return Object.fromEntries([...flatValues(lines, section)].filter(([key]) => !mayBeSecret(key)))
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
